import { WfaibError } from '../errors/wfaib.errors.js';

/** Thrown when an event cannot have happened in the state it is applied to: the journal is damaged or not of this run. */
export class ImpossibleEvent extends WfaibError {
  readonly code = 'run.impossibleEvent';
  override readonly level = 'error';

  constructor(eventType: string, reason: string) {
    super(`The event ${eventType} cannot be applied: ${reason}. The run needs a person to look at it.`);
  }
}
