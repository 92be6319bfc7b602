import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Public } from '../auth/public.decorator.js';
import { ApiDescription } from '../http/api-description.service.js';
import { Health, type Readiness } from './health.service.js';
import { Metrics } from './metrics.service.js';

/** What machines ask about the server. Public: it tells nothing about anybody's work. */
@ApiTags('health')
@Controller()
@Public()
export class HealthController {
  constructor(
    private readonly health: Health,
    private readonly metrics: Metrics,
    private readonly api: ApiDescription,
  ) {}

  /** Whether the event loop turns: nothing else is asked, so that a slow database does not get the server killed. */
  @Get('health/live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.health.readiness();
    if (readiness.status === 'failed') void reply.code(503).header('retry-after', 1);
    return readiness;
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  readMetrics(): Promise<string> {
    return this.metrics.text();
  }

  @Get('api/openapi.json')
  openApi(): OpenAPIObject {
    return this.api.get();
  }
}
