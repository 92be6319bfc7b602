import { WfaibError } from '../errors/wfaib.errors.js';

/** Thrown when an event cannot have happened in the state it is applied to: the journal is damaged or not of this run. */
export class ImpossibleEvent extends WfaibError {
  readonly code = 'run.impossibleEvent';
  override readonly level = 'error';

  constructor(eventType: string, reason: string) {
    super(`The event ${eventType} cannot be applied: ${reason}. The run needs a person to look at it.`);
  }
}

/** Thrown when the journal of a run holds an event of a kind that this version does not know: it must not guess. */
export class UnknownEvent extends WfaibError {
  readonly code = 'run.unknownEvent';
  override readonly level = 'error';

  constructor(eventType: string) {
    super(
      `A newer version of WFAIB carried this run and noted ${eventType}, which this one does not know. Start the newer version: the run goes on there.`,
    );
  }
}
