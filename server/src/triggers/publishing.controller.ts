import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { Access } from '../auth/access.decorator.js';
import { CurrentCaller } from '../auth/caller.decorator.js';
import type { Caller } from '../auth/caller.types.js';
import { Activation } from './activation.service.js';
import {
  listenToNode,
  publishWorkflow,
  workflowId,
  type ListenToNode,
  type PublishWorkflow,
} from './publishing.schemas.js';
import { WebhookListening, type OpenListener } from './webhook/webhook-listening.service.js';

/** What makes a workflow answer the outside. */
@Controller('api/workflows')
export class PublishingController {
  constructor(
    private readonly activation: Activation,
    private readonly listening: WebhookListening,
  ) {}

  @Post(':id/publish')
  @HttpCode(200)
  @Access('workflow:edit')
  async publish(
    @Param('id', { schema: workflowId }) id: string,
    @Body({ schema: publishWorkflow }) body: PublishWorkflow,
    @CurrentCaller() caller: Caller,
  ): Promise<{ version: number }> {
    return { version: await this.activation.publish(caller, id, body ?? {}) };
  }

  @Post(':id/unpublish')
  @HttpCode(200)
  @Access('workflow:edit')
  async unpublish(
    @Param('id', { schema: workflowId }) id: string,
    @CurrentCaller() caller: Caller,
  ): Promise<{ version: null }> {
    await this.activation.unpublish(caller.projectId, id);
    return { version: null };
  }

  @Post(':id/listen')
  @HttpCode(200)
  @Access('workflow:run')
  listen(
    @Param('id', { schema: workflowId }) id: string,
    @Body({ schema: listenToNode }) body: ListenToNode,
    @CurrentCaller() caller: Caller,
  ): Promise<OpenListener> {
    return this.listening.listen(caller.projectId, id, body.nodeId);
  }
}
