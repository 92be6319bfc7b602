import { say } from '@wfaib/sdk/sentence';
import { WfaibError } from '../../errors/wfaib.errors.js';

/** Thrown when a run has no event of this number. */
export class RunEventNotFound extends WfaibError {
  readonly code = 'runEvent.notFound';

  constructor(runId: string, seq: number, last: number) {
    super(say`The run ${{ runId }} has no event ${{ seq }}. Its events go from 1 to ${{ last }}.`);
  }
}
