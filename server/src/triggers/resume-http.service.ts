import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Settings } from '../config/config.service.js';
import { ApprovalControl } from '../engine/control/approval-control.service.js';
import { decision } from '../engine/control/decision.types.js';
import { RunControl } from '../engine/run-control.service.js';
import { readBody } from './webhook/request-body.js';
import { itemOf } from './webhook/webhook-call.js';
import { allowOtherOrigins, answerPreflight, callOf } from './webhook/webhook-request.js';
import { BodyUnreadable } from './webhook/webhook.errors.js';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * `ANY /resume/<token>`: a call from outside ends a wait, or decides an approval. The token is the proof. Of an approval
 * it shows the page to everything but a POST: programs that follow links must not decide.
 */
@Injectable()
export class ResumeHttp implements OnModuleInit {
  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly control: RunControl,
    private readonly approvals: ApprovalControl,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    // A worker has no HTTP.
    const fastify = this.adapterHost.httpAdapter?.getInstance<FastifyInstance>();
    if (fastify !== undefined) this.register(fastify);
  }

  /** Adds the route to a Fastify whose body parser hands out bytes where `config.rawBody` asks for them. */
  register(fastify: FastifyInstance): void {
    fastify.route({
      method: methods,
      url: '/resume/:token',
      config: { rawBody: true },
      handler: (request, reply) => this.handle(request as FastifyRequest<{ Params: { token: string } }>, reply),
    });
  }

  private async handle(
    request: FastifyRequest<{ Params: { token: string } }>,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    allowOtherOrigins(reply);
    if (request.method === 'OPTIONS') return answerPreflight(request, reply, methods);
    const { call } = callOf(request, '/resume');
    const { token } = request.params;
    const isApproval = (await this.approvals.findByToken(token)) !== undefined;
    if (isApproval && request.method !== 'POST')
      return reply.redirect(`${this.settings.publicUrl}/approve/${encodeURIComponent(token)}`, 303);
    const reading = readBody(call.headers['content-type'], call.body);
    if (reading.kind === 'bytes')
      throw new BodyUnreadable('A wait is ended with JSON, a form or text, not with a file.');
    if (isApproval) {
      const body = decision.safeParse(reading.value);
      if (!body.success) throw new BodyUnreadable('An approval is decided with { "decision": "approve" or "reject" }.');
      const { runId } = await this.approvals.decideByToken(token, body.data);
      return reply.code(200).header('x-wfaib-run-id', runId).send({ runId, decided: true });
    }
    // The token is the key to this wait: the workflow has it already, its data need not.
    const item = itemOf({ ...call, path: 'resume' }, reading.value, undefined);
    const { runId } = await this.control.resumeWait(token, [item]);
    return reply.code(200).header('x-wfaib-run-id', runId).send({ runId, resumed: true });
  }
}
