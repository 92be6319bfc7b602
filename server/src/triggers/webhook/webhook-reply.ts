import { validateHeaderName, validateHeaderValue } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { StoredFile } from '../../runs/file-store.service.js';
import type { WebhookAnswer } from './webhook-answer.js';

/** Headers that are the server's to set: framing, its own cookies, and what fences pages of workflows in. */
const ownHeaders: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'content-security-policy',
  'keep-alive',
  'set-cookie',
  'set-cookie2',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-content-type-options',
  'x-request-id',
  'x-wfaib-run-id',
]);

const bodyless: ReadonlySet<number> = new Set([204, 205, 304]);

/** Sends the answer of a workflow. `stored` is the content where the answer is a file. */
export function sendAnswer(reply: FastifyReply, answer: WebhookAnswer, stored?: StoredFile): FastifyReply {
  reply.code(answer.status).header('x-wfaib-run-id', answer.runId);
  if (stored !== undefined) reply.header('content-type', stored.file.mimeType);
  for (const [name, value] of Object.entries(answer.headers)) setHeader(reply, name.toLowerCase(), value);
  if (bodyless.has(answer.status)) {
    reply.removeHeader('content-type');
    return reply.send();
  }
  if (stored !== undefined) {
    reply.header('content-length', stored.file.size);
    return reply.send(Readable.from(stored.bytes(), { objectMode: false }));
  }
  // Without a type Fastify would take text for text/plain; an empty body has none.
  return reply.send(answer.body ?? '');
}

// A header that cannot be sent is left out: the answer is worth more than its header.
function setHeader(reply: FastifyReply, name: string, value: string): void {
  if (ownHeaders.has(name)) return;
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch {
    return;
  }
  void reply.header(name, value);
}
