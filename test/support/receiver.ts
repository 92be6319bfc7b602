import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as the receiver saw it. */
export interface Received {
  at: number;
  method: string;
  path: string;
  idempotencyKey: string | undefined;
  headers: IncomingHttpHeaders;
  body: unknown;
  /** The body as it came. */
  text: string;
  /** Milliseconds since 1970; absent while the answer is still owed, and for good where the caller went away. */
  answeredAt?: number;
}

/** A service that writes down what reaches it: the ledger that tells what was lost, and what was done twice. */
export interface Receiver {
  readonly url: string;
  readonly ledger: Received[];
  /** How long each answer takes, in milliseconds; `?delay=` of a request adds to it. */
  delayMs: number;
  /** Status of each answer. */
  status: number;
  /** While set, what it does in place of an answer; it answers where this says false. */
  trouble: ((received: Received, response: ServerResponse) => boolean) | undefined;
  stop(): Promise<void>;
}

/** Starts a receiver on a free port of the loopback address. */
export async function startReceiver(): Promise<Receiver> {
  const ledger: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const key = request.headers['idempotency-key'];
      const received: Received = {
        at: Date.now(),
        method: request.method ?? '',
        path: request.url ?? '',
        idempotencyKey: Array.isArray(key) ? key[0] : key,
        headers: request.headers,
        text,
        body: text.startsWith('{') || text.startsWith('[') ? (JSON.parse(text) as unknown) : text,
      };
      ledger.push(received);
      if (receiver.trouble?.(received, response) === true) return;
      const ownDelayMs = Number(new URL(received.path, receiver.url).searchParams.get('delay') ?? 0);
      setTimeout(() => {
        if (response.destroyed) return;
        received.answeredAt = Date.now();
        response.writeHead(receiver.status, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ received: ledger.length }));
      }, receiver.delayMs + ownDelayMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ledger,
    delayMs: 0,
    status: 200,
    trouble: undefined,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return receiver;
}
