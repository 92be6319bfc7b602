import type { FileRef, JsonObject } from '@wfaib/sdk/items';
import type { LogLine } from '../nodes/core-node.types.js';
import type { StepProgress } from '../nodes/step-progress.js';

/** One execution of user code. Everything crosses the border as JSON text. */
export interface SandboxRequest {
  /** One sandbox child never serves two projects without being replaced. */
  projectId: string;
  /** Who waits in one line when all children are busy; lines are served in turn. @defaultValue the project */
  turn?: string;
  language: 'javascript' | 'typescript';
  /** The body of an async function, as the person wrote it. */
  code: string;
  /** `all`: called once with all items; `each`: once per item. */
  mode: 'all' | 'each';
  /** JSON text of `{ items, nodes, context }`. */
  input: string;
  /** Wall clock of the whole execution in milliseconds. */
  timeoutMs: number;
  /** Heap of the isolate in MiB. */
  memoryMb: number;
  /** Told of what the code says with `progress(fraction, text)`, a few times a second at most. */
  onProgress?(progress: StepProgress): void;
  /** Ends the execution, or its wait for a child. */
  signal?: AbortSignal;
}

export interface SandboxResult {
  /** What the code returned, as items. `from` are the input indexes it named. */
  items: SandboxItem[];
  /** Mode `each`: the items whose call threw. Line and column are one-based, in the user's source. */
  failures: { item: number; message: string; line?: number; column?: number }[];
  logs: LogLine[];
  /** CPU time of the isolate in milliseconds. */
  cpuMs: number;
}

export interface SandboxItem {
  json: JsonObject;
  files?: Record<string, FileRef>;
  from?: number[];
}

/**
 * Codes of a sandbox error: `code.syntax`, `code.failed` (the code threw; message with line and column of the user's
 * source), `code.timeout`, `code.memory`, `code.outputTooLarge`, `code.inputTooLarge`, `code.killed` (the child died:
 * tried once more on a fresh one), `sandbox.unavailable` (try again later).
 */
export type SandboxErrorCode =
  | 'code.syntax'
  | 'code.failed'
  | 'code.timeout'
  | 'code.memory'
  | 'code.outputTooLarge'
  | 'code.inputTooLarge'
  | 'code.killed'
  | 'sandbox.unavailable';
