import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Tx } from '../database/unit-of-work.service.js';
import {
  WorkflowPublishing,
  type PublishChoice,
  type PublishedVersion,
} from '../workflows/workflow-publishing.service.js';
import type { Editor } from '../workflows/workflows.service.js';
import { ScheduleArming } from './schedule/schedule-arming.service.js';
import { pathKeyOf, segmentsOf } from './webhook/path-pattern.js';
import { WebhookPathTaken } from './webhook/webhook.errors.js';
import { WebhookRoutesRepository } from './webhook/webhook-routes.repository.js';
import { WebhookRoutes } from './webhook/webhook-routes.service.js';
import { webhookSettingsOf } from './webhook/webhook-settings.js';

/** Makes workflows live: all their triggers are armed in the transaction that publishes them, or nothing happens. */
@Injectable()
export class Activation {
  constructor(
    private readonly publishing: WorkflowPublishing,
    private readonly repository: WebhookRoutesRepository,
    private readonly routes: WebhookRoutes,
    private readonly schedules: ScheduleArming,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Publishes the draft, or an older version. Its webhooks answer and its schedules are armed when this returns.
   * @throws WorkflowNotFound, WorkflowVersionNotFound, WorkflowInvalid, WebhookPathTaken
   */
  async publish(editor: Editor, workflowId: string, choice: PublishChoice = {}): Promise<number> {
    const published = await this.unitOfWork.run(async (tx) => {
      const result = await this.publishing.publish(tx, editor, workflowId, choice);
      await this.arm(tx, result);
      return result;
    });
    this.schedules.changed();
    await this.routes.refresh();
    return published.version;
  }

  /** Nothing starts the workflow any more when this returns. @throws WorkflowNotFound */
  async unpublish(projectId: string, workflowId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.publishing.unpublish(tx, projectId, workflowId);
      await this.repository.beginChange(tx);
      await this.repository.removeOf(tx, workflowId);
      await this.schedules.disarm(tx, workflowId);
    });
    await this.routes.refresh();
  }

  private async arm(tx: Tx, published: PublishedVersion): Promise<void> {
    const { workflowId, projectId, version, document } = published;
    await this.repository.beginChange(tx);
    await this.repository.removeOf(tx, workflowId);
    for (const node of document.nodes) {
      if (node.type !== 'core.webhook' || node.disabled === true) continue;
      const { method, path } = webhookSettingsOf(node.parameters);
      const place = { method, path: segmentsOf(path).join('/'), pathKey: pathKeyOf(path) };
      await this.requireFree(tx, workflowId, place);
      await this.repository.insert(
        tx,
        { workflowId, projectId, version, nodeId: node.id, method, path: place.path },
        place.pathKey,
      );
    }
    await this.schedules.arm(tx, published);
  }

  /** Within a workflow a method and `ANY` may share a path: the method wins. Two workflows never do. */
  private async requireFree(
    tx: Tx,
    workflowId: string,
    place: { method: string; path: string; pathKey: string },
  ): Promise<void> {
    const owners = await this.repository.findOwners(tx, place.pathKey, place.method);
    const owner = owners.find((other) => other.workflowId !== workflowId || other.method === place.method);
    if (owner !== undefined) throw new WebhookPathTaken(place.method, place.path, owner.workflowId, owner.workflowName);
  }
}
