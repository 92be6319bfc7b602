import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Access } from '../auth/access.decorator.js';
import { CurrentCaller } from '../auth/caller.decorator.js';
import type { Caller } from '../auth/caller.types.js';
import { RunStream } from './run-stream.service.js';
import { lastEventId, sendStream } from './server-sent-events.js';

const runId = z.uuid().meta({ title: 'run' });

/** `after`: the number of the last event that is known, for who opens a stream anew. */
const eventsQuery = z.object({ after: z.coerce.number().int().min(0).max(999_999_999).default(0) });
type EventsQuery = z.infer<typeof eventsQuery>;

@Controller('api/runs')
export class RunEventsController {
  constructor(private readonly stream: RunStream) {}

  /** Server-sent events: `id` is the sequence number in the journal. */
  @Get(':id/events')
  @Access('run:read')
  async follow(
    @Param('id', { schema: runId }) id: string,
    @Query({ schema: eventsQuery }) { after }: EventsQuery,
    @Headers('last-event-id') lastId: string | undefined,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const seq = lastEventId(lastId) || after;
    // 204 tells a browser that came back after the end to stay away.
    if (seq > 0 && (await this.stream.isOver(caller.projectId, id, seq))) return void reply.code(204).send();
    if (seq === 0) await this.stream.isOver(caller.projectId, id, seq);
    sendStream(reply, this.stream.follow(caller.projectId, id, seq));
  }
}
