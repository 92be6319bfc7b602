import type { StepError } from '@wfaib/sdk/errors';
import type { FileRef, JsonObject } from '@wfaib/sdk/items';

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
  runId: string;
  timeoutMs: number;
  signal: AbortSignal;
}

/** A decrypted credential, as short-lived as the call it is for. */
export interface ResolvedCredential {
  id: string;
  /** `basic`, `header`, `bearer`, `query`, or `<connector>.<auth>`. */
  kind: string;
  values: Record<string, string>;
}

/** What the call came to: one input item makes any number of output items. */
export type ConnectorOutcome =
  | { ok: true; items: { json: JsonObject; files?: Record<string, FileRef> }[] }
  | { ok: false; error: StepError };
