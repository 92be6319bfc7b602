import type { FileRef, Item } from '@wfaib/sdk/items';
import type { HttpReply } from '../../nodes/core-node.types.js';
import type { WebhookSettings } from './webhook-settings.js';

/** What the caller of a webhook gets. */
export interface WebhookAnswer {
  status: number;
  headers: Record<string, string>;
  body?: string;
  /** A file of the run is sent instead of `body`. */
  file?: FileRef;
  runId: string;
}

const json = { 'content-type': 'application/json; charset=utf-8' };

/** An answer made of plain data. */
export function dataAnswer(runId: string, status: number, data: unknown): WebhookAnswer {
  return { runId, status, headers: json, body: JSON.stringify(data) };
}

/** The answer of a Respond node. */
export function replyAnswer(runId: string, { status, headers, body, file }: HttpReply): WebhookAnswer {
  return { runId, status, headers, ...(body === undefined ? {} : { body }), ...(file === undefined ? {} : { file }) };
}

/** The run failed before it answered. */
export function failureAnswer(runId: string): WebhookAnswer {
  return dataAnswer(runId, 500, { code: 'run.failed', message: 'The workflow failed before it answered.', runId });
}

/** The items of the last node, as the webhook is set. */
export function resultAnswer(
  runId: string,
  { status, respondData }: WebhookSettings,
  items: readonly Item[],
): WebhookAnswer {
  const data = respondData === 'allItems' ? items.map((item) => item.json) : (items[0]?.json ?? {});
  return dataAnswer(runId, status, data);
}
