import type { CallAuth } from '@wfaib/sdk/connector';
import type { ConnectorDescriptor } from '@wfaib/sdk/connector-descriptor';
import type { StepError } from '@wfaib/sdk/errors';
import type { Choice } from '@wfaib/sdk/fields';
import type { FileRef, ItemInput, JsonObject } from '@wfaib/sdk/items';
import type { EgressRules } from '../../egress/egress.types.js';
import type { ConnectorLogLine } from '../connector-call.types.js';

/** Where a plugin is, for the child that loads it. */
export interface PluginLocation {
  id: string;
  version: string;
  /** Absolute path of the module whose default export is the connector. */
  entry: string;
}

/** The six calls of a connector runtime. */
export type ChildCall =
  | { call: 'describe'; plugin: PluginLocation }
  | {
      call: 'invoke';
      plugin: PluginLocation;
      action: string;
      input: JsonObject;
      auth?: CallAuth;
      itemFiles: Record<string, FileRef>;
      itemIndex: number;
    }
  | { call: 'loadOptions'; plugin: PluginLocation; loader: string; input: JsonObject; auth?: CallAuth; search: string }
  | { call: 'trigger'; plugin: PluginLocation; trigger: string; operation: string }
  | { call: 'testAuth'; plugin: PluginLocation; auth: CallAuth }
  | { call: 'preAuth'; plugin: PluginLocation; auth: CallAuth };

/** What each call answers. */
export interface ChildResults {
  describe: ConnectorDescriptor;
  invoke: ItemInput[];
  loadOptions: Choice[];
  trigger: never;
  testAuth: null;
  preAuth: Record<string, string>;
}

/** Server to child. `start` is the first message and comes once. */
export type ToChild =
  | { type: 'start'; egress: EgressRules }
  | { type: 'call'; id: number; call: ChildCall }
  | { type: 'cancel'; id: number; reason: 'timeout' | 'cancelled' }
  | { type: 'answer'; ask: number; value?: unknown; error?: AskError }
  | { type: 'ping' };

/** Child to server. Never trusted: a plugin may have written it. */
export type FromChild =
  | { type: 'ready' }
  | { type: 'pong' }
  | { type: 'result'; id: number; value: unknown }
  | { type: 'error'; id: number; error: StepError }
  | { type: 'heartbeat'; id: number }
  | { type: 'progress'; id: number; fraction: number; text?: string }
  | { type: 'log'; id: number; line: ConnectorLogLine }
  | { type: 'ask'; id: number; ask: number; question: ChildQuestion };

/**
 * What a running action asks the server for. Files go part by part, bytes beside the message: `readFile` is answered with
 * those from `from` on, `appendFile` brings some, and is answered when they are stored.
 */
export type ChildQuestion =
  | { kind: 'idempotencyKey'; page?: number }
  | { kind: 'readFile'; file: FileRef; from: number }
  | { kind: 'beginFile'; name: string; mimeType: string }
  | { kind: 'appendFile'; handle: number }
  | { kind: 'endFile'; handle: number }
  | { kind: 'dropFile'; handle: number };

/** What the server says to a question: a value, bytes, or both. */
export interface Answer {
  value?: unknown;
  bytes?: Uint8Array;
}

/** Why a question could not be answered, as the step may show it. */
export interface AskError {
  message: string;
  code?: string;
  retryable?: boolean;
}
