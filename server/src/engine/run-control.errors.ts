import { say, type Sentence } from '@wfaib/sdk/sentence';
import { WfaibError } from '../errors/wfaib.errors.js';

/** Thrown when a workflow has several triggers, or none, and the caller names no node to start at. */
export class RunTriggerAmbiguous extends WfaibError {
  readonly code = 'run.triggerAmbiguous';

  constructor(name: string, triggers: number) {
    const has = triggers === 0 ? say`no trigger` : say`${{ triggers }} triggers`;
    super(say`"${{ name }}" has ${{ has }}: say with startAt at which node the run starts.`);
  }
}

/** Thrown when a run is to start or stop at a node that the workflow does not have. */
export class RunNodeUnknown extends WfaibError {
  readonly code = 'run.nodeUnknown';

  constructor(name: string, nodeId: string) {
    super(say`"${{ name }}" has no node with the id ${{ nodeId }}.`);
  }
}

const endings: Record<string, Sentence> = {
  succeeded: say`succeeded`,
  failed: say`failed`,
  cancelled: say`was cancelled`,
};

/** Thrown when something is asked of a run that is over. */
export class RunAlreadyEnded extends WfaibError {
  readonly code = 'run.alreadyEnded';

  constructor(runId: string, status: string) {
    super(say`The run ${{ runId }} is over: it ${{ ended: endings[status] ?? status }}.`);
  }
}

/** Thrown when a run is to be resumed that is not paused. */
export class RunNotPaused extends WfaibError {
  readonly code = 'run.notPaused';

  constructor(runId: string) {
    super(say`The run ${{ runId }} is not paused.`);
  }
}

/** Thrown when something is asked of a run that only one that is going can do. */
export class RunPaused extends WfaibError {
  readonly code = 'run.paused';

  constructor(runId: string) {
    super(say`The run ${{ runId }} is paused. Resume it first, or cancel it.`);
  }
}

/** Thrown when nothing is to be decided about the step that is named, or about several and none is named. */
export class StepUndecidable extends WfaibError {
  readonly code = 'step.decided';

  constructor(step: string | undefined, waiting: readonly string[]) {
    const which = waiting.length === 0 ? '' : say` Those that do: ${{ waiting }}.`;
    if (step !== undefined) super(say`The step ${{ step }} waits for no decision.${{ which }}`);
    else if (waiting.length > 1) super(say`Several steps wait for a decision: say which.${{ which }}`);
    else super(say`No step waits for a decision.${{ which }}`);
  }
}

/** Thrown when a step is to be dealt with in a way that does not fit how it stands. */
export class StepActionUnfit extends WfaibError {
  readonly code = 'step.actionInvalid';

  constructor(action: string, fitting: readonly string[]) {
    super(say`"${{ action }}" does not fit this step. It can be: ${{ fitting }}.`);
  }
}

/** Thrown when a run is to be retried that is still at work. */
export class RunNotEnded extends WfaibError {
  readonly code = 'run.notEnded';

  constructor(runId: string) {
    super(say`The run ${{ runId }} has not ended. Cancel it first, or wait for its end.`);
  }
}

/** Thrown when a token belongs to no wait. */
export class WaitNotFound extends WfaibError {
  readonly code = 'wait.notFound';

  constructor() {
    super(say`There is no such wait. Its run may have been deleted.`);
  }
}

/** Thrown when a wait was ended before. */
export class WaitUsed extends WfaibError {
  readonly code = 'wait.used';

  constructor() {
    super(say`This wait is over: it was answered before, or its run has ended.`);
  }
}

/** Thrown when a retry is to start at a step that the old run never came to. */
export class RunStepNotReached extends WfaibError {
  readonly code = 'run.stepNotReached';

  constructor(runId: string, what: string) {
    super(
      say`The run ${{ runId }} never came to ${{ what }}. Retry from a step it came to, or give the items to start with.`,
    );
  }
}

/** Thrown when a retry is to give other items to a step that nothing leads to any more, or that cannot take them. */
export class RunInputNotEditable extends WfaibError {
  readonly code = 'run.inputNotEditable';

  constructor(name: string) {
    super(
      say`Other items cannot be given to ${{ name }} here: with the steps that are kept the run does not come to it, or it is a later round of a loop. Retry from a step before it.`,
    );
  }
}

/** Thrown when a run cannot be repeated because the items it was started with were deleted. */
export class RunDataGone extends WfaibError {
  readonly code = 'run.dataGone';

  constructor(runId: string) {
    super(say`The items the run ${{ runId }} was started with are not kept any more. Give the items to start with.`);
  }
}

/** Thrown when another version is asked for of a run that was started from a document. */
export class RunHasNoWorkflow extends WfaibError {
  readonly code = 'run.noWorkflow';

  constructor(runId: string) {
    super(say`The run ${{ runId }} was started from a document, so it has no other versions. Leave out version.`);
  }
}
