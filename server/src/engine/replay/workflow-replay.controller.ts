import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Access } from '../../auth/access.decorator.js';
import { CurrentCaller } from '../../auth/caller.decorator.js';
import type { Caller } from '../../auth/caller.types.js';
import { WorkflowReplays } from './workflow-replay.service.js';
import type { WorkflowReplay } from './workflow-replay.types.js';

const idParam = z.uuid().meta({ title: 'workflow' });

/** Body of `POST /api/workflows/:id/replay`: which version is tried, on how many of the newest runs. */
const replayWorkflow = z
  .strictObject({
    version: z.union([z.number().int().min(1).max(2_147_483_647), z.enum(['live', 'draft'])]).default('draft'),
    runs: z.number().int().min(1).max(100).default(20),
  })
  .prefault({})
  .meta({ id: 'ReplayWorkflow' });
type ReplayWorkflow = z.infer<typeof replayWorkflow>;

@Controller('api/workflows')
export class WorkflowReplayController {
  constructor(private readonly replays: WorkflowReplays) {}

  /** Tries a version on the newest runs, dry: says where it would go another way or make other data. */
  @Post(':id/replay')
  @HttpCode(200)
  @Access('workflow:run')
  replay(
    @Param('id', { schema: idParam }) id: string,
    @Body({ schema: replayWorkflow }) body: ReplayWorkflow,
    @CurrentCaller() caller: Caller,
  ): Promise<WorkflowReplay> {
    return this.replays.replay(caller.projectId, id, body);
  }
}
