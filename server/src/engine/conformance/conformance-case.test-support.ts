import type { StepError } from '@wfaib/sdk/errors';
import type { JsonObject } from '@wfaib/sdk/items';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import type { UndoDecision } from '../../interpreter/compensation.js';
import type { Answer } from '../engine.test-support.js';
import type { LaunchRequest } from '../run-launcher.service.js';
import type { StepChoice } from '../runner/decide-step.js';

/** What a case may do while its run goes on. */
export interface RunHandle {
  runId: string;
  /** Waits until the journal has an event of this type, of this node where one is named. */
  until(type: string, nodeId?: string): Promise<void>;
  cancel(): Promise<void>;
  forceStop(): Promise<void>;
  /** Decides about the step of this node that the run is paused at. */
  choose(nodeId: string, choice: StepChoice): Promise<void>;
  /** Decides the approval of this node, as the person `by`, once it is asked for. */
  decide(
    nodeId: string,
    decision: 'approved' | 'rejected',
    by: string,
    more?: { comment?: string; data?: JsonObject },
  ): Promise<void>;
  /** Waits for the end, then decides about what this node could not undo. */
  decideUndo(nodeId: string, action: UndoDecision): Promise<void>;
  /** Lets it go on after a pause. */
  unpause(): Promise<void>;
  /** Calls the resume address of the run. */
  resume(items: JsonObject[]): Promise<void>;
}

/** A document, and what every host has to make of it. */
export interface ConformanceCase {
  name: string;
  document: WorkflowDocument;
  items?: JsonObject[];
  more?: Partial<LaunchRequest>;
  /** Makes the answers of the connector `test` anew for each run. */
  answer?: () => Answer;
  /** Answers wait for each other: such steps have to be at work at the same time. @defaultValue false */
  overlaps?: true;
  /** What the outside does meanwhile. */
  during?: (run: RunHandle) => Promise<void>;
  status: 'succeeded' | 'failed' | 'cancelled';
  /** Nodes are visited over several connections: which of these visits is the first is a matter of time. */
  isNumberedByTime?: true;
  error?: Partial<StepError>;
  result?: JsonObject[];
  /**
   * The journal without ids and times, hand-overs left out, in order of text: node, iteration and attempt, event, items
   * per port. Whether it is spelt out or not, the record of all hosts has to be the same.
   */
  events?: string[];
  /** How the undoing ended. @defaultValue there was none */
  compensation?: 'done' | 'failed';
  /** What waits for a person after the end: node and kind. @defaultValue nothing */
  tasks?: string[];
  /** Nodes of steps that ended well, in this order, with others in between. */
  order?: string[];
}

/** What the test connector answers when it works: the value it was given. */
export const sent =
  (): Answer =>
  ({ input }) => ({ ok: true, items: [{ json: { sent: input['value'] ?? null } }] });

/** Fails for the value 2: once, or for good. */
export const failsForTwo =
  (error: Partial<StepError>, times = Infinity) =>
  (): Answer => {
    let left = times;
    return (call) =>
      call.input['value'] === 2 && left-- > 0
        ? { ok: false, error: { code: 'http.status', message: 'no', ...error } }
        : sent()(call);
  };

/** Works until it is stopped. */
export const neverEnds =
  (): Answer =>
  ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));

/** Answers after a while. */
export const takes = (ms: number) => (): Answer => async (call) => {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return sent()(call);
};

/** The parameters of a step of the test connector that sends the field `n`. */
export const value = { value: '={{ $json.n }}' };
