import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { FileStore } from '../../runs/file-store.service.js';
import { WebhookDesk } from './webhook-desk.service.js';
import { sendAnswer } from './webhook-reply.js';
import { WebhookRefused } from './webhook.errors.js';
import type { WebhookAnswer } from './webhook-answer.js';
import type { CallTarget } from './webhook-desk.service.js';
import { allowOtherOrigins, answerPreflight, callOf } from './webhook-request.js';

/**
 * The addresses of webhooks. They are plain Fastify routes: Nest's pipeline of guards and pipes has no part in them, and
 * they are the hot path of the server.
 */
@Injectable()
export class WebhookHttp implements OnModuleInit {
  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly desk: WebhookDesk,
    private readonly files: FileStore,
  ) {}

  onModuleInit(): void {
    // A worker has no HTTP.
    const fastify = this.adapterHost.httpAdapter?.getInstance<FastifyInstance>();
    if (fastify !== undefined) this.register(fastify);
  }

  /** Adds the routes to a Fastify whose body parser hands out bytes where `config.rawBody` asks for them. */
  register(fastify: FastifyInstance): void {
    const targets: [prefix: string, target: CallTarget][] = [
      ['/hooks', 'live'],
      ['/webhook', 'live'],
      ['/hooks-test', 'listener'],
      ['/webhook-test', 'listener'],
    ];
    for (const [prefix, target] of targets) {
      fastify.route({
        method: fastify.supportedMethods,
        url: `${prefix}/*`,
        config: { rawBody: true },
        handler: (request, reply) => this.handle(request, reply, prefix, target),
      });
    }
  }

  private async handle(
    request: FastifyRequest,
    reply: FastifyReply,
    prefix: string,
    target: CallTarget,
  ): Promise<FastifyReply> {
    allowOtherOrigins(reply);
    const { call, segments } = callOf(request, prefix);
    if (call.method === 'OPTIONS')
      return answerPreflight(request, reply, await this.desk.methodsOf(target, segments, call.path));
    let answer: WebhookAnswer;
    try {
      answer = await this.desk.receive(target, segments, call);
    } catch (error) {
      if (error instanceof WebhookRefused) return refuse(reply, request, error);
      throw error;
    }
    const file = answer.file === undefined ? undefined : await this.files.get(answer.runId, answer.file.id);
    return sendAnswer(reply, answer, file);
  }
}

// The error table would ask for a bearer token: each webhook asks for its own proof.
function refuse(reply: FastifyReply, request: FastifyRequest, error: WebhookRefused): FastifyReply {
  if (error.challenge !== undefined) reply.header('www-authenticate', error.challenge);
  return reply.code(401).send({ code: error.code, message: error.message, requestId: request.id });
}
