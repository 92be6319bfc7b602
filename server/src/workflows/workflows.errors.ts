import { say, type Sentence } from '@wfaib/sdk/sentence';
import type { Problem } from '@wfaib/sdk/workflow-document';
import { WfaibError } from '../errors/wfaib.errors.js';

/** Thrown when a workflow does not exist in the caller's project. */
export class WorkflowNotFound extends WfaibError {
  readonly code = 'workflow.notFound';

  constructor(readonly workflowId: string) {
    super(say`There is no workflow ${{ workflowId }}.`);
  }
}

/** Thrown when a workflow has no version of this number. */
export class WorkflowVersionNotFound extends WfaibError {
  readonly code = 'workflowVersion.notFound';

  constructor(workflowId: string, version: number) {
    super(say`The workflow ${{ workflowId }} has no version ${{ version }}.`);
  }
}

/** Thrown when somebody else saved the draft in between. */
export class WorkflowConflict extends WfaibError {
  readonly code = 'workflow.conflict';

  constructor(
    /** Revision that is stored now. */
    readonly revision: number,
    /** Who saved it, where the person still exists. */
    readonly savedBy: string | undefined,
    readonly savedAt: Date,
  ) {
    super(
      say`${{ who: savedBy ?? say`Somebody` }} saved this workflow before you: it is at revision ${{ revision }}. Load it, then save your change again.`,
    );
  }

  override details(): Record<string, unknown> {
    return { revision: this.revision, savedBy: this.savedBy ?? null, savedAt: this.savedAt };
  }
}

/** Thrown when a browser tab saves a draft that another tab edits by now. */
export class WorkflowEditedElsewhere extends WfaibError {
  readonly code = 'workflow.editedElsewhere';

  constructor() {
    super(say`Another tab edits this workflow by now. Take over there first; what you changed is not saved.`);
  }
}

/** Thrown when a draft is saved without saying which revision it was made from. */
export class RevisionRequired extends WfaibError {
  readonly code = 'workflow.revisionRequired';

  constructor() {
    super(
      say`Say which revision you changed: If-Match: "<revision>", as GET told it, or If-Match: * to save over any.`,
    );
  }
}

/** Thrown when a workflow that answers webhooks or schedules is to be deleted. */
export class WorkflowLive extends WfaibError {
  readonly code = 'workflow.live';

  constructor(name: string, version: number) {
    super(say`Version ${{ version }} of "${{ name }}" is live. Unpublish it first.`);
  }
}

/** Thrown when a run of the live version is asked for and nothing is published. */
export class WorkflowNotLive extends WfaibError {
  readonly code = 'workflow.notLive';

  constructor(name: string) {
    super(say`No version of "${{ name }}" is live. Publish it first, or run its draft.`);
  }
}

/** Thrown when a document with errors is to be published or run. */
export class WorkflowInvalid extends WfaibError {
  readonly code = 'workflow.invalid';

  constructor(readonly problems: readonly Problem[]) {
    super(firstOf(problems));
  }

  override details(): Record<string, unknown> {
    return { problems: this.problems };
  }
}

/** Thrown when something that is no JSON object is sent as a workflow. */
export class DocumentUnreadable extends WfaibError {
  readonly code = 'workflow.unreadable';

  constructor() {
    super(say`A workflow is a JSON object. Send one with the content type application/json.`);
  }
}

function firstOf(problems: readonly Problem[]): Sentence {
  const errors = problems.filter((problem) => problem.severity === 'error');
  const [first] = errors;
  const told = first?.said ?? first?.message ?? say`see the list of problems.`;
  const more = errors.length > 1 ? say` (and ${{ count: errors.length - 1 }} more)` : '';
  return say`The workflow has errors: ${{ first: told }}${{ more }}`;
}
