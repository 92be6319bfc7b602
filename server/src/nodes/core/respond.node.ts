import type { FileRef, Item } from '@wfaib/sdk/items';
import { StepFailure, type CoreNode, type HttpReply, type NodeContext } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { passAll } from '../lineage.js';

/** Answers the caller of the webhook; the first answer of a run wins. Without `body` and `file` it sends the first item. */
export const respondNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.respond',
    label: 'Respond',
    description: 'Answers the caller of the webhook and lets the workflow go on.',
    icon: 'reply',
    category: 'flow',
    fields: {
      status: { kind: 'number', label: 'Status', default: 200, min: 200, max: 599, integer: true },
      headers: {
        kind: 'keyvalue',
        label: 'Headers',
        help: 'A header without a value is left out.',
        placeholder: 'Cache-Control',
      },
      body: {
        kind: 'json',
        label: 'Body',
        help: 'Text is sent as text/plain, anything else as JSON. Left empty, the first item is sent.',
        placeholder: '={{ { total: $json.total } }}',
      },
      file: {
        kind: 'file',
        label: 'File',
        help: 'Name of a file of the first item that is sent instead of a body.',
        placeholder: 'data',
      },
    },
    summary: '{{status}}',
  }),
  run: (context) => ({ outputs: { main: passAll(context) }, reply: replyOf(context) }),
  inParts: (first) => {
    const reply = replyOf(first);
    return { take: (part) => ({ outputs: { main: passAll(part) }, reply }) };
  },
};

/** Statuses whose answers have no body (RFC 9110, section 15). */
const withoutBody = new Set([204, 205, 304]);
const textType = 'text/plain; charset=utf-8';
const jsonType = 'application/json; charset=utf-8';

function replyOf(context: NodeContext): HttpReply {
  const status = Number(context.parameter('status', 0));
  const headers = headersOf(context.parameter('headers', 0));
  if (withoutBody.has(status)) return { status, headers };
  const first = context.items()[0];
  const fileName = context.parameter<string | undefined>('file', 0);
  if (fileName) {
    const file = fileOf(first, fileName, context.node.id);
    return { status, headers: { 'content-type': file.mimeType, ...headers }, file };
  }
  const body = context.parameter<unknown>('body', 0);
  const value = body === undefined ? (first?.json ?? {}) : body;
  if (typeof value === 'string') return { status, headers: { 'content-type': textType, ...headers }, body: value };
  return { status, headers: { 'content-type': jsonType, ...headers }, body: JSON.stringify(value) };
}

function headersOf(value: unknown): Record<string, string> {
  const entries = Object.entries((value ?? {}) as Record<string, unknown>);
  const kept = entries.filter(([, each]) => each !== null && each !== undefined);
  return Object.fromEntries(kept.map(([name, each]) => [name.toLowerCase(), headerText(each)]));
}

function headerText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function fileOf(item: Item | undefined, name: string, nodeId: string): FileRef {
  const file = item?.files?.[name];
  if (file) return file;
  const known = Object.keys(item?.files ?? {});
  const hint = known.length > 0 ? `It has: ${known.join(', ')}.` : 'It has no files.';
  throw new StepFailure({
    code: 'file.missing',
    message: `The first item has no file "${name}". ${hint}`,
    nodeId,
    retryable: false,
  });
}
