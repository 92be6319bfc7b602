import { createHash } from 'node:crypto';
import type { CallAuth, Action, ConnectorDefinition, FileTools, Log } from '../connector.js';
import type { HttpTransport } from '../connector-http.types.js';
import { runConnectorAction, stepErrorOf } from '../connector-runtime.js';
import type { StepError } from '../errors.js';
import type { FieldMap, InputOf } from '../field-builders.js';
import type { FileRef, ItemInput, JsonObject } from '../items.js';
import { fetchTransport } from './fetch-transport.js';
import { MemoryFiles } from './memory-files.js';

export interface RunActionOptions<Fields extends FieldMap> {
  input: Partial<InputOf<Fields>> & JsonObject;
  /** Credential of slot `auth`. */
  auth?: CallAuth;
  /** The connector the action is part of: its `auth` puts the credential on requests. */
  connector?: ConnectorDefinition;
  /** Replaces the network. @defaultValue `fetch` */
  http?: HttpTransport;
  files?: FileTools;
  itemFiles?: Record<string, FileRef>;
  itemIndex?: number;
  signal?: AbortSignal;
  log?: Log;
  /** Hears how far the action says it is. */
  onProgress?: (fraction: number, text?: string) => void;
}

/** What an action came to, as the engine would see it. */
export type RunActionResult = { ok: true; items: ItemInput[] } | { ok: false; error: StepError };

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Runs one action in this process through the code of the production host, without the walls of the child process. */
export async function runAction<Fields extends FieldMap>(
  action: Action<Fields>,
  options: RunActionOptions<Fields>,
): Promise<RunActionResult> {
  const connector: ConnectorDefinition = {
    ...(options.connector ?? { id: 'test', label: 'Test', sdk: 1, egress: ['*'] }),
    actions: { action },
  };
  const signal = options.signal ?? new AbortController().signal;
  try {
    const call = {
      action: 'action',
      input: options.input,
      auth: options.auth,
      itemFiles: options.itemFiles ?? {},
      itemIndex: options.itemIndex ?? 0,
      signal,
    };
    return { ok: true, items: await runConnectorAction(connector, call, servicesOf(options)) };
  } catch (thrown) {
    return { ok: false, error: stepErrorOf(thrown) };
  }
}

function servicesOf(options: RunActionOptions<FieldMap>) {
  const item = options.itemIndex ?? 0;
  return {
    transport: options.http ?? fetchTransport,
    files: options.files ?? new MemoryFiles(),
    idempotencyKey: async (page?: number) =>
      createHash('sha256')
        .update(`test:${item}:${page ?? ''}`)
        .digest('hex'),
    heartbeat: () => {},
    progress: options.onProgress ?? (() => {}),
    log: options.log ?? silent,
  };
}
