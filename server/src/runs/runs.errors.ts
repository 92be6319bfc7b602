import { say, type Sentence } from '@wfaib/sdk/sentence';
import { WfaibError } from '../errors/wfaib.errors.js';

/** Thrown when a run does not exist in the caller's project. */
export class RunNotFound extends WfaibError {
  readonly code = 'run.notFound';

  constructor(runId: string) {
    super(say`There is no run ${{ runId }}.`);
  }
}

const going: Record<string, Sentence> = {
  pending: say`pending`,
  running: say`running`,
  waiting: say`waiting`,
  paused: say`paused`,
};

/** Thrown when a run is to be deleted that has not ended. */
export class RunStillGoing extends WfaibError {
  readonly code = 'run.notEnded';

  constructor(runId: string, status: string) {
    super(
      say`The run ${{ runId }} is still ${{ status: going[status] ?? status }}. Cancel it, or wait for its end; then delete it.`,
    );
  }
}

/** Thrown when a run is to be deleted while a person is asked about what it could not undo. */
export class RunUndoOpen extends WfaibError {
  readonly code = 'run.undoOpen';

  constructor(runId: string, step: string) {
    super(
      say`The run ${{ runId }} could not undo all it had done, and a person is to decide about that. Decide on the page of the run, or with POST /api/runs/${{ runId }}/resume { "step": "${{ step }}", "action": "retry", "done" or "skip" }; then delete it.`,
    );
  }
}

/** Thrown when a run is to be deleted whose data another one may still read. */
export class RunInUse extends WfaibError {
  readonly code = 'run.inUse';

  constructor(runId: string, usedBy: string) {
    super(
      say`The run ${{ usedBy }} is going and may use data of the run ${{ runId }}: one retried or called the other. Cancel it, or wait for its end; then delete this one.`,
    );
  }
}

/** Thrown when a run has no step of this id: the node was not reached, or not in this run. */
export class StepNotFound extends WfaibError {
  readonly code = 'runStep.notFound';

  constructor(runId: string, stepId: string) {
    super(say`The run ${{ runId }} has no step ${{ stepId }}.`);
  }
}

/** Thrown when a file is larger than a run may keep. */
export class FileTooLarge extends WfaibError {
  readonly code = 'file.tooLarge';

  constructor(name: string, maxBytes: number) {
    super(
      say`The file "${{ name }}" is larger than ${{ maxBytes }} bytes, the most that is kept. WFAIB_FILE_LIMIT raises the limit.`,
    );
  }
}

/** Thrown when a result does not fit into one answer. */
export class ResultTooLarge extends WfaibError {
  readonly code = 'run.resultTooLarge';

  constructor(runId: string, count: number) {
    super(
      say`The ${{ count }} items of run ${{ runId }} are too many for one answer. Write them into a file and answer with it.`,
    );
  }
}

/** Thrown when a run has no file of this id. */
export class FileNotFound extends WfaibError {
  readonly code = 'runFile.notFound';

  constructor(runId: string, fileId: string) {
    super(say`The run ${{ runId }} has no file ${{ fileId }}. It may have been deleted with the data of the run.`);
  }
}
