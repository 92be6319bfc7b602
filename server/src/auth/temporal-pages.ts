import type { FastifyReply } from 'fastify';
import type { Settings } from '../config/config.service.js';

/**
 * Lets a page of Temporal read the answer, a refusal too: it could not tell why it got none. Other pages get an answer that
 * their browser keeps from them.
 */
export function allowTemporalPages(
  { temporalUiUrl }: Settings,
  origin: string | undefined,
  reply: Pick<FastifyReply, 'headers'>,
): void {
  if (temporalUiUrl === undefined || origin !== new URL(temporalUiUrl).origin) return;
  void reply.headers({
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'POST, OPTIONS',
    'access-control-allow-headers': 'content-type, x-namespace, authorization, authorization-extras',
    'access-control-max-age': '600',
    vary: 'origin',
  });
}
