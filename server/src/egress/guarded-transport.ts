import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { pipeline, Readable } from 'node:stream';
import type { HttpTransport, TransportRequest } from '@wfaib/sdk/connector-http.types';
import { Agent, request as send } from 'undici';
import type { EgressPolicy } from './egress-policy.js';
import { ResponseTooLarge } from './egress.errors.js';
import { guardedConnector } from './guarded-connector.js';
import { PartClock } from './part-clock.js';

/** The way out of the product: one exchange, no redirects, no proxies from the environment, limits on time and size. */
export function guardedTransport(policy: EgressPolicy): HttpTransport {
  const dispatcher = new Agent({ connect: guardedConnector(policy), keepAliveTimeout: 4_000 });
  return async (wanted) => {
    const clock = new PartClock(wanted.timeoutMs);
    try {
      const { length, body } = outgoing(wanted, clock);
      const response = await send(wanted.url, {
        dispatcher,
        method: wanted.method as 'GET',
        headers: { 'user-agent': 'wfaib', 'accept-encoding': 'gzip, deflate, br', ...wanted.headers, ...length },
        body,
        signal: AbortSignal.any([wanted.signal, clock.signal]),
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      const headers = flat(response.headers);
      const content = limited(decoded(response.body, headers, wanted.method), wanted.url.host, wanted.maxBytes);
      const status = response.statusCode;
      if (wanted.isStreamed === true)
        return { status, headers, bytes: new Uint8Array(), body: clock.whileReading(content) };
      const bytes = await gathered(content);
      clock.stop();
      return { status, headers, bytes };
    } catch (error) {
      clock.stop();
      throw error;
    }
  };
}

function outgoing({ body }: TransportRequest, clock: PartClock) {
  if (body === undefined) return { length: {}, body: null };
  if (body instanceof Uint8Array) return { length: {}, body };
  // Each part that the other side took gives it time for the next one.
  const parts = Readable.from(clock.whileSending(body.open()), { objectMode: false });
  return { length: { 'content-length': String(body.size) }, body: parts };
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

async function* limited(body: AsyncIterable<Uint8Array>, host: string, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw new ResponseTooLarge(host, maxBytes);
    yield chunk;
  }
}

async function gathered(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
