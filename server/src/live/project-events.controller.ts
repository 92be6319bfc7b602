import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Access } from '../auth/access.decorator.js';
import { CurrentCaller } from '../auth/caller.decorator.js';
import type { Caller } from '../auth/caller.types.js';
import { ProjectStream } from './project-stream.service.js';
import { sendStream } from './server-sent-events.js';

@Controller('api/events')
export class ProjectEventsController {
  constructor(private readonly stream: ProjectStream) {}

  /** Server-sent events: `run.changed` for each run of the project that changed, with its workflow, status and mode. */
  @Get()
  @Access('run:read')
  follow(@CurrentCaller() caller: Caller, @Res() reply: FastifyReply): void {
    sendStream(reply, this.stream.follow(caller.projectId));
  }
}
