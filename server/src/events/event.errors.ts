import { WfaibError } from '../errors/wfaib.errors.js';

/** Thrown when an event does not fit into a notification of PostgreSQL. */
export class EventTooLarge extends WfaibError {
  readonly code = 'event.tooLarge';
  constructor(channel: string, bytes: number, maxBytes: number) {
    super(
      `An event on ${channel} has ${bytes} bytes, more than ${maxBytes}. Send an id and let the receiver read the rest.`,
    );
  }
}
