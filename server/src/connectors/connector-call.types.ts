import type { StepError } from '@wfaib/sdk/errors';
import type { FileRef, JsonObject } from '@wfaib/sdk/items';
import type { StepProgress } from '../nodes/step-progress.js';

/** One call of a connector action, for one item. */
export interface ConnectorCall {
  connectorId: string;
  action: string;
  projectId: string;
  /** Parameters with all templates evaluated. */
  input: JsonObject;
  /** Decrypted by the caller right before the call, by slot; never stored, logged or answered. */
  credentials: Record<string, ResolvedCredential>;
  files: Record<string, FileRef>;
  /** Constant over attempts; `page` is for calls the action makes more than once. */
  idempotencyKey(page?: number): string;
  /** Zero-based index of the item within the step. @defaultValue 0 */
  itemIndex?: number;
  runId: string;
  timeoutMs: number;
  signal: AbortSignal;
  /** Reads and keeps file contents; without it an action that asks for files fails. */
  fileStore?: CallFileStore;
  /** Called when the action says that it is still at work. */
  onHeartbeat?(): void;
  /** Called when the action says how far it is, secrets already taken out. */
  onProgress?(progress: StepProgress): void;
  /** Called with what the action logs, secrets already taken out. */
  onLog?(line: ConnectorLogLine): void;
}

/** The data store, as one call may use it. */
export interface CallFileStore {
  /** The bytes from `from` up to, not including, `to`. */
  read(file: FileRef, from: number, to: number): Promise<Uint8Array>;
  /** Reads `bytes` as fast as it stores them. */
  write(file: { name: string; mimeType: string; bytes: AsyncIterable<Uint8Array> }): Promise<FileRef>;
}

export interface ConnectorLogLine {
  level: 'debug' | 'info' | 'warn' | 'error';
  message: string;
  details?: JsonObject;
}

/** A decrypted credential, as short-lived as the call it is for. */
export interface ResolvedCredential {
  id: string;
  /** `basic`, `header`, `bearer`, `query`, or `<connector>.<auth>`. */
  kind: string;
  values: Record<string, string>;
  /** Names of the values that must never show up in errors and logs. @defaultValue all of them */
  secrets?: string[];
  /** Most calls that may use it at once, over all servers. @defaultValue no limit */
  maxConcurrentCalls?: number;
}

/** What the call came to: one input item makes any number of output items. */
export type ConnectorOutcome =
  { ok: true; items: { json: JsonObject; files?: Record<string, FileRef> }[] } | { ok: false; error: StepError };
