import { HttpException } from '@nestjs/common';
import { say, tell, type Sentence } from '@wfaib/sdk/sentence';
import type { WfaibError } from '../errors/wfaib.errors.js';
import { statusOf } from './error-status.js';
import { databaseFailure } from './database-failure.js';

/** What a failed request answers. */
export interface ErrorAnswer {
  status: number;
  body: { code: string; message: string; said?: Sentence; requestId: string } & Record<string, unknown>;
  /** Wait in seconds that goes into `Retry-After`. */
  retryAfterSeconds?: number;
  /** Nobody threw this on purpose: it is a fault of the server and belongs into the log. */
  unexpected: boolean;
}

/** Turns whatever was thrown into an answer. `path` decides whether it is an API call, which never answers 500. */
export function answerTo(error: unknown, requestId: string, path: string): ErrorAnswer {
  if (isWfaibError(error)) return fromWfaibError(error, requestId);
  if (error instanceof HttpException) return fromHttpException(error, requestId);
  const database = databaseFailure(error);
  if (database)
    return {
      ...complete(database.status, database.code, database.said, requestId),
      unexpected: database.unexpected,
    };
  return unexpected(requestId, path);
}

// By shape, not by class: errors also come from other package copies and child processes.
function isWfaibError(error: unknown): error is WfaibError {
  return (
    error instanceof Error &&
    typeof (error as WfaibError).code === 'string' &&
    typeof (error as WfaibError).details === 'function'
  );
}

function fromWfaibError(error: WfaibError, requestId: string): ErrorAnswer {
  const { retryAfterMs } = error as { retryAfterMs?: number };
  const answer = complete(statusOf(error.code), error.code, error.said ?? error.message, requestId, error.details());
  return retryAfterMs === undefined
    ? answer
    : { ...answer, retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1000)) };
}

const codeByStatus: Record<number, string> = {
  400: 'request.invalid',
  401: 'auth.required',
  403: 'auth.denied',
  404: 'route.notFound',
  405: 'request.methodNotAllowed',
  409: 'request.conflict',
  413: 'request.tooLarge',
  415: 'request.mediaType',
  429: 'request.rateLimited',
  503: 'server.unavailable',
};

// Nest and Fastify throw these before a controller is reached.
function fromHttpException(error: HttpException, requestId: string): ErrorAnswer {
  const given = error.getStatus();
  const status = codeByStatus[given] === undefined ? (given < 500 ? 400 : 503) : given;
  const message = status === 413 ? say`The request body is larger than WFAIB_BODY_LIMIT allows.` : error.message;
  return { ...complete(status, codeByStatus[status]!, message, requestId), unexpected: given >= 500 };
}

function unexpected(requestId: string, path: string): ErrorAnswer {
  const status = path === '/api' || path.startsWith('/api/') ? 503 : 500;
  const message = say`Something went wrong in the server. Its log has the details under request ${{ requestId }}.`;
  return { ...complete(status, 'internal', message, requestId), unexpected: true };
}

function complete(
  status: number,
  code: string,
  message: string | Sentence,
  requestId: string,
  details: Record<string, unknown> = {},
): ErrorAnswer {
  const told = typeof message === 'string' ? { message } : tell(message);
  const answer = { status, body: { ...details, code, ...told, requestId }, unexpected: false };
  return status === 429 || status === 503 ? { ...answer, retryAfterSeconds: 1 } : answer;
}
