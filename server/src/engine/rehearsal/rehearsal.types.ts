import type { ChildCall } from '../../nodes/core/call.node.js';
import type { StepError } from '@wfaib/sdk/errors';
import type { Item, JsonObject } from '@wfaib/sdk/items';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import type { RunStatus } from '../../interpreter/queries.js';
import type { RunEvent, StepVisit, WaitSpec } from '../../interpreter/run-events.types.js';
import type {
  CodeOutcome,
  CodeRequest,
  HttpReply,
  LogLine,
  NodeContext,
  NodeResult,
} from '../../nodes/core-node.types.js';
import type { DescribeNode } from '../../plan/compile-plan.js';
import type { PlanNode } from '../../plan/plan.types.js';
import type { RunRow, StepRow } from '../journal/run-row.types.js';
import type { StepChoice } from '../runner/decide-step.js';
import type { WaitEnd } from '../runner/resolve-wait.js';
import type { StartRun } from '../run-control.schemas.js';
import type { RehearsedFiles } from './rehearsed-files.js';

export type { StepChoice } from '../runner/decide-step.js';
export type { WaitEnd } from '../runner/resolve-wait.js';
export type { StepRow } from '../journal/run-row.types.js';

/** What a run is started with, as in `POST /api/runs`. */
export type RunInput = NonNullable<StartRun['input']>;

/** One try of a step that something may stand in for. */
export interface RehearsedTry {
  node: PlanNode;
  visit: StepVisit;
  /** From 1. */
  attempt: number;
  context: NodeContext;
}

/** A wait that has begun. */
export interface RehearsedWait {
  visit: StepVisit;
  waits: readonly WaitSpec[];
  /** Virtual time, milliseconds since 1970. */
  now: number;
}

/** What is to be rehearsed, and what stands in for the outside. */
export interface RehearsalRequest {
  /** Checked already: without errors. */
  document: WorkflowDocument;
  describe: DescribeNode;
  /** Id of the node to start at. @defaultValue the only trigger, else the manual one */
  startAt?: string;
  /** Object or items: output of the trigger, or input of another node, as in `POST /api/runs`. @defaultValue what the trigger has pinned in a test, else one empty item */
  input?: RunInput;
  stopAt?: string;
  /** @defaultValue "production", so that pinned items are not used */
  mode?: 'production' | 'test';
  /** When the run begins, in milliseconds since 1970. Time goes on only from one wait or retry to the next. */
  startedAt: number;
  /** Who the run is taken for. @defaultValue a run of nobody */
  identity?: Pick<RunRow, 'id' | 'rootRunId' | 'resumeSecret' | 'workflowId' | 'workflowName'> & { publicUrl: string };
  /** The time a visit is to see, milliseconds since 1970. @defaultValue the virtual time */
  beganAt?(visit: StepVisit): number | undefined;
  /** Does the work of a step instead of its node. @returns undefined where the node itself is to work */
  standIn?(tried: RehearsedTry): Promise<NodeResult> | undefined;
  /** What the outside does about a wait for a call or a decision. @returns undefined where it does nothing */
  endWait?(node: PlanNode, wait: RehearsedWait): WaitEnd | undefined;
  /** What a person decides about a step that the run is paused at. @returns undefined where nobody decides */
  endPause?(node: PlanNode): StepChoice | undefined;
  /** Files that items may name. @defaultValue none */
  files?: RehearsedFiles;
  /** What `$vars` is. @defaultValue empty */
  variables?: JsonObject;
  /** What a step calls: its document, and what stands in for its steps. @defaultValue nothing can be called */
  called?(
    call: ChildCall,
  ): Pick<RehearsalRequest, 'document' | 'describe' | 'standIn' | 'endWait' | 'endPause'> | undefined;
  /** Number of runs above it that call each other. @defaultValue 0 */
  depth?: number;
  /** Runs user code. @defaultValue code steps are refused like connectors */
  runCode?(request: CodeRequest, logs: LogLine[]): Promise<CodeOutcome>;
  /** Most events, so that a run without end is noticed. @defaultValue 1_000_000 */
  maxEvents?: number;
}

/** What came of it. */
export interface Rehearsed {
  /** `waiting` where only the outside could have gone on. */
  status: RunStatus;
  error?: StepError;
  result?: { nodeId: string; items: readonly Item[] };
  reply?: HttpReply;
  /** Where it was broken off by a {@link RehearsalStop}, and why. */
  stopped?: { nodeId: string; step: string; why: string };
  /** The journal; its times are virtual. */
  events: readonly RunEvent[];
  /** Visits in order of start. */
  steps: readonly StepRow[];
  /** Virtual milliseconds from start to end. */
  elapsedMs: number;
  /** Items that left a port of a visit. */
  itemsOf(step: string, port: string): readonly Item[];
}
