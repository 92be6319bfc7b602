import { WfaibError } from '../../errors/wfaib.errors.js';

/** Thrown when a rehearsal meets a step that it may not do for real, and that nothing stands in for. */
export class NothingStandsIn extends WfaibError {
  readonly code = 'rehearsal.nothingStandsIn';

  constructor(
    readonly nodeName: string,
    type: string,
  ) {
    super(
      `"${nodeName}" (${type}) reaches the outside, which a rehearsal never does. Say what it is to answer, under "steps".`,
    );
  }
}

/** Thrown when a rehearsed run does not come to an end. */
export class RehearsalEndless extends WfaibError {
  readonly code = 'rehearsal.endless';

  constructor(maxEvents: number) {
    super(`The run was given up after ${maxEvents} events: it goes round for ever, or works on very many items.`);
  }
}

/** Thrown when a rehearsal meets a call of a workflow that it does not have. */
export class NothingIsCalled extends WfaibError {
  readonly code = 'rehearsal.nothingIsCalled';

  constructor(nodeName: string, workflowId: string | undefined) {
    super(
      `"${nodeName}" calls the workflow ${workflowId ?? 'of a document'}, which a rehearsal does not have. Give its document under "called", or say what the step is to answer, under "steps".`,
    );
  }
}

/** Thrown when rehearsed workflows call each other without end. */
export class CallsTooDeep extends WfaibError {
  readonly code = 'call.tooDeep';

  constructor(nodeName: string, maxDepth: number) {
    super(`"${nodeName}" calls deeper than ${maxDepth} workflows.`);
  }
}

/** Thrown by what stands in for the outside, to break the rehearsal off at a step: what was played until then is told. */
export class RehearsalStop extends WfaibError {
  readonly code = 'rehearsal.stopped';

  constructor(
    readonly place: { nodeId: string; step: string },
    why: string,
  ) {
    super(why);
  }
}
