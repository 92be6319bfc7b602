import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** One event of a stream, as the HTML standard writes it: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export interface ServerSentEvent {
  id?: number;
  event: string;
  data: unknown;
}

export function formatEvent({ id, event, data }: ServerSentEvent): string {
  const head = id === undefined ? '' : `id: ${id}\n`;
  return `${head}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Keeps proxies from closing a quiet connection. */
export const heartbeat = ': still here\n\n';

/** Longest silence on a stream, in milliseconds. */
export const heartbeatMs = 15_000;

/** Sends texts as they come; the generator is ended when the browser leaves. */
export function sendStream(reply: FastifyReply, texts: AsyncGenerator<string>): FastifyReply {
  return reply
    .headers({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    .send(Readable.from(texts, { objectMode: false }));
}

/** The number of the last event a browser has, from `Last-Event-ID`; 0 where it has none. */
export function lastEventId(header: string | string[] | undefined): number {
  const id = typeof header === 'string' && /^\d{1,9}$/.test(header.trim()) ? Number(header) : 0;
  return id;
}
