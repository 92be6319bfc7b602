import { say } from '@wfaib/sdk/sentence';
import { WfaibError } from '../../errors/wfaib.errors.js';

/** Thrown when a project has no such schedule. */
export class ScheduleNotFound extends WfaibError {
  readonly code = 'schedule.notFound';

  constructor(id: string) {
    super(say`There is no schedule ${{ id }} in this project.`);
  }
}

/** Thrown when something is asked of a schedule whose workflow is not live, or is live without it. */
export class ScheduleNotLive extends WfaibError {
  readonly code = 'schedule.notLive';

  constructor(workflowName: string, nodeName: string) {
    super(
      say`"${{ nodeName }}" of the workflow "${{ workflowName }}" is not live. Publish the workflow with this schedule enabled.`,
    );
  }
}

/** Thrown when a range cannot be made up for. */
export class BackfillInvalid extends WfaibError {
  readonly code = 'schedule.backfillInvalid';
}

/** Thrown when a run that was asked for now could not be started. */
export class ScheduledStartFailed extends WfaibError {
  readonly code = 'schedule.startFailed';
}
