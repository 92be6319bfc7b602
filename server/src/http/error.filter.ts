import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Log } from '../logging/logger.service.js';
import { answerTo } from './error-answer.js';

/** Every failed request ends here and answers `{ code, message, requestId, … }`. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const path = request.url.split('?', 1)[0]!;
    const { status, body, retryAfterSeconds, unexpected } = answerTo(error, request.id, path);
    if (unexpected) this.log.error({ requestId: request.id, method: request.method, path, error }, 'Request failed');
    // A stream that has begun cannot be answered any more.
    if (reply.sent || reply.raw.headersSent) return;
    if (retryAfterSeconds !== undefined) void reply.header('retry-after', retryAfterSeconds);
    if (status === 401) void reply.header('www-authenticate', 'Bearer');
    if (body.code === 'request.methodNotAllowed' && Array.isArray(body['allowed']))
      void reply.header('allow', body['allowed'].join(', '));
    void reply.code(status).type('application/json').send(body);
  }
}
