import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requestSegments } from './path-pattern.js';
import type { WebhookCall } from './webhook-call.js';
import { BodyUnreadable, EncodingUnknown, WebhookAddressBroken } from './webhook.errors.js';

/** Reads a request of a webhook address. @throws WebhookAddressBroken, BodyUnreadable */
export function callOf(request: FastifyRequest, prefix: string): { call: WebhookCall; segments: string[] } {
  const [path, query] = splitOnce(request.raw.url ?? '', '?');
  const segments = requestSegments(path.slice(prefix.length));
  if (segments === undefined) throw new WebhookAddressBroken();
  const call: WebhookCall = {
    method: request.method,
    path: segments.join('/'),
    query,
    headers: request.headers,
    params: {},
    body: bytesOf(request),
  };
  return { call, segments };
}

/** Webhooks may be called from pages of any origin; they never see cookies of this one. */
export function allowOtherOrigins(reply: FastifyReply): void {
  void reply.headers({
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'X-WFAIB-Run-Id',
    'cross-origin-resource-policy': 'cross-origin',
  });
}

/** Answers the question of a browser whether a page may call. */
export function answerPreflight(
  request: FastifyRequest,
  reply: FastifyReply,
  methods: readonly string[],
): FastifyReply {
  const asked = request.headers['access-control-request-headers'];
  return reply
    .code(204)
    .headers({
      allow: methods.join(', '),
      'access-control-allow-methods': methods.join(', '),
      'access-control-allow-headers': asked ?? '*',
      'access-control-max-age': '600',
    })
    .send();
}

function bytesOf(request: FastifyRequest): Buffer {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const encoding = request.headers['content-encoding']?.trim().toLowerCase();
  if (encoding === undefined || encoding === '' || encoding === 'identity' || body.length === 0) return body;
  return unpacked(body, encoding, request.routeOptions.bodyLimit ?? 16_777_216);
}

const unpackers: Record<string, typeof gunzipSync> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

// A small body may unpack to gigabytes: the limit of bodies holds for what comes out as well.
function unpacked(body: Buffer, encoding: string, maxBytes: number): Buffer {
  const unpack = Object.hasOwn(unpackers, encoding) ? unpackers[encoding] : undefined;
  if (unpack === undefined) throw new EncodingUnknown(encoding);
  try {
    return unpack(body, { maxOutputLength: maxBytes });
  } catch {
    throw new BodyUnreadable(`The body cannot be unpacked (${encoding}), or is larger than WFAIB_BODY_LIMIT allows.`);
  }
}

function splitOnce(text: string, sign: string): [string, string] {
  const at = text.indexOf(sign);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
