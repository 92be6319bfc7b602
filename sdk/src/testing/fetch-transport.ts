import { Readable } from 'node:stream';
import type { HttpTransport, TransportRequest } from '../connector-http.types.js';

/** The way out for tests: plain `fetch`, without the egress guard. */
export const fetchTransport: HttpTransport = async (request) => {
  const response = await fetch(request.url, {
    method: request.method,
    headers: request.headers,
    redirect: 'manual',
    signal: AbortSignal.any([request.signal, AbortSignal.timeout(request.timeoutMs)]),
    ...bodyOf(request),
  });
  const { status } = response;
  const headers = Object.fromEntries(response.headers);
  if (request.isStreamed) return { status, headers, bytes: new Uint8Array(), body: response.body ?? nothing() };
  return { status, headers, bytes: new Uint8Array(await response.arrayBuffer()) };
};

type FetchOptions = NonNullable<Parameters<typeof fetch>[1]>;

function bodyOf({ body }: TransportRequest): FetchOptions {
  if (body === undefined) return {};
  if (body instanceof Uint8Array) return { body: body as Uint8Array<ArrayBuffer> };
  // A body that is read as it is sent needs `duplex`, which not every declaration of fetch knows.
  return { body: Readable.toWeb(Readable.from(body.open())), duplex: 'half' } as FetchOptions;
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
