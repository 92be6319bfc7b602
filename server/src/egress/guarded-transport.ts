import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { pipeline, type Readable } from 'node:stream';
import type { HttpTransport } from '@wfaib/sdk/connector-http.types';
import { Agent, request as send } from 'undici';
import type { EgressPolicy } from './egress-policy.js';
import { ResponseTooLarge } from './egress.errors.js';
import { guardedConnector } from './guarded-connector.js';

/** The way out of the product: one exchange, no redirects, no proxies from the environment, limits on time and size. */
export function guardedTransport(policy: EgressPolicy): HttpTransport {
  const dispatcher = new Agent({ connect: guardedConnector(policy), keepAliveTimeout: 4_000 });
  return async (wanted) => {
    const signal = AbortSignal.any([wanted.signal, AbortSignal.timeout(wanted.timeoutMs)]);
    const response = await send(wanted.url, {
      dispatcher,
      method: wanted.method as 'GET',
      headers: { 'user-agent': 'wfaib', 'accept-encoding': 'gzip, deflate, br', ...wanted.headers },
      body: wanted.body ?? null,
      signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const headers = flat(response.headers);
    const bytes = await readAll(decoded(response.body, headers, wanted.method), wanted.url.host, wanted.maxBytes);
    return { status: response.statusCode, headers, bytes };
  };
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value!]),
  );
}

const decoders: Record<string, () => NodeJS.ReadWriteStream> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** The body without its content encoding. The size limit counts decoded bytes, so a small bomb stays small. */
function decoded(body: Readable, headers: Record<string, string>, method: string): AsyncIterable<Uint8Array> {
  const decoder = decoders[headers['content-encoding']?.trim().toLowerCase() ?? ''];
  if (!decoder || method === 'HEAD') return body;
  delete headers['content-encoding'];
  delete headers['content-length'];
  // The error reaches the reader through the decoded stream.
  return pipeline(body, decoder(), () => {}) as unknown as AsyncIterable<Uint8Array>;
}

async function readAll(body: AsyncIterable<Uint8Array>, host: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw new ResponseTooLarge(host, maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
