import type { FastifyInstance, FastifyRequest } from 'fastify';
import { UnsupportedMediaType, UnreadableJson } from './http.errors.js';
import { isDeeperThan } from './json-depth.service.js';

/** One parser for all: bytes where the route asked for them, JSON everywhere else. */
export function useBodyParser(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    try {
      done(null, wantsBytes(request) ? bytes : readJson(request.headers['content-type'], bytes));
    } catch (error) {
      done(error as Error);
    }
  });
}

function wantsBytes(request: FastifyRequest): boolean {
  return (request.routeOptions.config as { rawBody?: boolean }).rawBody === true;
}

function readJson(contentType: string | undefined, bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  // Also a guard against forged requests: a form of another site cannot send JSON.
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType ?? '')) throw new UnsupportedMediaType(contentType);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new UnreadableJson((error as Error).message);
  }
  if (isDeeperThan(value)) throw new UnreadableJson('it is nested too deeply');
  return value;
}
