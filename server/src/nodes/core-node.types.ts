import type { StepError } from '@wfaib/sdk/errors';
import type { FileRef, Item, ItemInput, ItemSource, JsonValue } from '@wfaib/sdk/items';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import type { CallSpec, WaitSpec } from '../interpreter/run-events.types.js';
import type { ForeignWork } from './temporal/foreign-work.types.js';
import type { StepProgress } from './step-progress.js';

/** An item a node made. Lineage is given as the input items it was made from; the engine turns it into `source`. */
export interface OutputItem extends ItemInput {
  source: ItemSource[];
}

/** The answer to the caller of a webhook. */
export interface HttpReply {
  status: number;
  headers: Record<string, string>;
  body?: string;
  /** A file is sent instead of `body`. */
  file?: FileRef;
}

/** What one visit of a node came to. */
export interface NodeResult {
  /** Items per output port; ports without items may be left out. */
  outputs: Record<string, OutputItem[]>;
  reply?: HttpReply;
  /** The step pauses; `outputs` stays empty until the wait is resolved. */
  waits?: WaitSpec[];
  /** The step calls other workflows; `outputs` stays empty until their runs have ended. */
  calls?: CallSpec;
  /** Captured console output of user code. */
  logs?: LogLine[];
}

export interface LogLine {
  level: 'log' | 'info' | 'warn' | 'error' | 'debug';
  text: string;
}

/** What the work on one input item came to: items per output port, or the failure that is final for it. */
export type ItemOutcome = { ok: true; outputs: Record<string, OutputItem[]> } | { ok: false; error: StepError };

/** What a node may see and use while it works. Pure but for the ports handed in, so that it runs without a server. */
export interface NodeContext {
  readonly node: WorkflowNode;
  readonly descriptor: NodeDescriptor;
  readonly iteration: number[];
  /** Zero-based number of this visit in its iteration. */
  readonly visit: number;
  /** Idempotency key of item `itemIndex` (and page) of this step: the same over attempts and takeovers. */
  idempotencyKey(itemIndex?: number, page?: number): string;
  /** Fixed at the start of the step, milliseconds since 1970. */
  readonly now: number;
  readonly timezone: string;
  readonly signal: AbortSignal;
  /** Items of an input port, arrivals joined in the order of the document. @defaultValue port "main" */
  items(port?: string): Item[];
  /** How many items arrived on a port; more than {@link items} shows where this is a part of them. */
  itemCount(port?: string): number;
  /** Number of the first of {@link items} among all that arrived. */
  readonly offset: number;
  /**
   * The value of a parameter, default filled in from the descriptor and templates evaluated at any depth with item
   * `itemIndex` of the first input port as `$json`.
   * @throws StepFailure `expression.failed`, `parameter.invalid`
   */
  parameter<T>(name: string, itemIndex?: number): T;
  /**
   * Where an input item came from: what an output made from it names in its `source`.
   * @param port input port the item arrived on; `index` counts as {@link items} does.
   */
  placeOf(port: string, index: number): ItemSource;
  /** Evaluates templates in a value of the caller's, with item `itemIndex` of `port` (default: the first input port). */
  evaluate(value: unknown, itemIndex: number, port?: string): unknown;
  /** What earlier tries of this step finished, by item: those items are not worked on again. @defaultValue none */
  readonly finished?: ReadonlyMap<number, ItemOutcome>;
  /** Told of each item that needs no other try, so that a step which is cut off (out of time) can keep what it did. */
  itemFinished?(index: number, outcome: ItemOutcome): void;
  /** Whether another try would follow if the step failed with this error. @defaultValue never */
  mayRetry?(error: StepError): boolean;
  /** Whether something thrown is not about the item it struck and ends the try: the server lacks something. @defaultValue never */
  endsStep?(thrown: unknown): boolean;
  /** Lets the event loop breathe when 5 ms have passed since the last time; call it once per item. */
  breathe(): Promise<void>;
  /** Services of the engine that some nodes need; absent where they make no sense (tests). */
  readonly ports: NodePorts;
}

export interface NodePorts {
  /** Says how far the step is, for those who watch it. */
  progress?(progress: StepProgress): void;
  /** Sends items on while the node still works: for nodes that make more than fits into memory. Absent in tests. */
  send?(port: string, items: OutputItem[]): Promise<void>;
  /** Files of the run. */
  files?: NodeFiles;
  /** Runs user code in the sandbox: see `sandbox/sandbox.types.ts`. */
  runCode?(request: CodeRequest): Promise<CodeOutcome>;
  /** What `core.code` hands over beside its items: `$('Name')` of the nodes the code names, `$run`, `$workflow`, `$vars`. */
  codeScope?(code: string): Promise<Pick<CodeRequest, 'nodes' | 'context'>>;
  /** Values seen by `core.dedupe`; answers which of `values` are new and remembers them. */
  remember?(scope: 'run' | 'workflow', values: string[], limit: number): Promise<boolean[]>;
  /**
   * Has Temporal do the work of others; answers its result.
   * @throws StepFailure `temporal.failed` with what it failed with, `temporal.unavailable` while there is no Temporal
   */
  askTemporal?(work: ForeignWork, signal: AbortSignal): Promise<JsonValue | undefined>;
}

/** Files of a run, as a node may use them; their bytes are never in memory as a whole. */
export interface NodeFiles {
  read(file: FileRef): AsyncIterable<Uint8Array>;
  write(meta: Pick<FileRef, 'name' | 'mimeType'>, content: AsyncIterable<Uint8Array>): Promise<FileRef>;
}

export interface CodeRequest {
  language: 'javascript' | 'typescript';
  mode: 'all' | 'each';
  code: string;
  timeoutMs: number;
  memoryMb: number;
  /** Mode `each` only: a failing item is told in {@link CodeOutcome.failures} and the rest goes on. @defaultValue false */
  collectFailures?: boolean;
  /** Told of what the code says with `progress(fraction, text)`, now and then. */
  onProgress?(progress: StepProgress): void;
  items: Item[];
  /** Number of the first of `items` in the whole input. @defaultValue 0 */
  offset?: number;
  /** `$('Name')` for user code: items per node name, those it can be asked for. */
  nodes: Record<string, Item[]>;
  context: {
    run: Record<string, unknown>;
    workflow: Record<string, unknown>;
    vars: Record<string, unknown>;
    now: number;
    timezone: string;
  };
}

export interface CodeOutcome {
  /** One entry per returned item. `from` are the input indexes the code named (`pairedItem`), if it did. */
  items: { json: ItemInput['json']; files?: ItemInput['files']; from?: number[] }[];
  /** Items whose code threw, where the request asked to collect them. */
  failures?: { item: number; error: StepError }[];
  logs: LogLine[];
}

/** A core node type: its description and what it does. */
export interface CoreNode {
  readonly descriptor: NodeDescriptor;
  run(context: NodeContext): NodeResult | Promise<NodeResult>;
  /**
   * How the node works on more items than fit into memory: part by part. Undefined where it needs all of them at once.
   * @param first a context with the first part, for parameters that are evaluated with the first item
   */
  inParts?(first: NodeContext): PartsWork | undefined;
}

/** Work on an input that is taken in part by part; together the parts come to what {@link CoreNode.run} makes of all. */
export interface PartsWork {
  /** Which items are read, port after port. @defaultValue all of the first port that has any */
  reads?: { port: string; from?: number; to?: number }[];
  /** Works on the items of one part. What it answers leaves the step at once. */
  take(part: NodeContext): NodeResult | Promise<NodeResult>;
  /** What is left to send after the last part. */
  end?(): NodeResult | Promise<NodeResult>;
}

/** Thrown by a node when its work fails; `error` is what the step shows. */
export class StepFailure extends Error {
  constructor(readonly error: StepError) {
    super(error.message);
    this.name = 'StepFailure';
  }
}

/**
 * Thrown when some items of a step failed and the step fails or is tried again because of it. Keep `finished` with the
 * attempt and hand it back as {@link NodeContext.finished}: a retry then repeats unfinished items only.
 */
export class PartialFailure extends StepFailure {
  constructor(
    error: StepError,
    readonly finished: ReadonlyMap<number, ItemOutcome>,
  ) {
    super(error);
    this.name = 'PartialFailure';
  }
}
