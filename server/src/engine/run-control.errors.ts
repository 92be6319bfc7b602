import { WfaibError } from '../errors/wfaib.errors.js';

/** Thrown when a workflow has several triggers, or none, and the caller names no node to start at. */
export class RunTriggerAmbiguous extends WfaibError {
  readonly code = 'run.triggerAmbiguous';

  constructor(name: string, triggers: number) {
    const has = triggers === 0 ? 'no trigger' : `${triggers} triggers`;
    super(`"${name}" has ${has}: say with startAt at which node the run starts.`);
  }
}

/** Thrown when a run is to start or stop at a node that the workflow does not have. */
export class RunNodeUnknown extends WfaibError {
  readonly code = 'run.nodeUnknown';

  constructor(name: string, nodeId: string) {
    super(`"${name}" has no node with the id ${nodeId}.`);
  }
}

/** Thrown when something is asked of a run that is over. */
export class RunAlreadyEnded extends WfaibError {
  readonly code = 'run.alreadyEnded';

  constructor(runId: string, status: string) {
    super(`The run ${runId} is over: it ${status === 'cancelled' ? 'was cancelled' : status}.`);
  }
}

/** Thrown when a run is to be resumed that is not paused. */
export class RunNotPaused extends WfaibError {
  readonly code = 'run.notPaused';

  constructor(runId: string) {
    super(`The run ${runId} is not paused.`);
  }
}

/** Thrown when a run is to be retried that is still at work. */
export class RunNotEnded extends WfaibError {
  readonly code = 'run.notEnded';

  constructor(runId: string) {
    super(`The run ${runId} has not ended. Cancel it first, or wait for its end.`);
  }
}

/** Thrown when a token belongs to no wait. */
export class WaitNotFound extends WfaibError {
  readonly code = 'wait.notFound';

  constructor() {
    super('There is no such wait. Its run may have been deleted.');
  }
}

/** Thrown when a wait was ended before. */
export class WaitUsed extends WfaibError {
  readonly code = 'wait.used';

  constructor() {
    super('This wait is over: it was answered before, or its run has ended.');
  }
}
