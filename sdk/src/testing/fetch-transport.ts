import type { HttpTransport } from '../connector-http.types.js';

/** The way out for tests: plain `fetch`, without the egress guard. */
export const fetchTransport: HttpTransport = async (request) => {
  const response = await fetch(request.url, {
    method: request.method,
    headers: request.headers,
    redirect: 'manual',
    signal: AbortSignal.any([request.signal, AbortSignal.timeout(request.timeoutMs)]),
    ...(request.body === undefined ? {} : { body: request.body as Uint8Array<ArrayBuffer> }),
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    bytes: new Uint8Array(await response.arrayBuffer()),
  };
};
