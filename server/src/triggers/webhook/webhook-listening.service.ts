import { Injectable } from '@nestjs/common';
import { Ids } from '../../clock/ids.service.js';
import { Settings } from '../../config/config.service.js';
import { WorkflowDocuments } from '../../workflows/workflow-documents.service.js';
import { addressOf, segmentsOf } from './path-pattern.js';
import { RouteTable, type RouteMatch } from './route-table.js';
import { NodeNotAWebhook } from './webhook.errors.js';
import { WebhookListenersRepository, type WebhookListener } from './webhook-listeners.repository.js';
import { webhookSettingsOf } from './webhook-settings.js';

/** How long an editor listens, in milliseconds. */
const listenMs = 120_000;

/** Where a draft can be called once. */
export interface OpenListener {
  url: string;
  expiresAt: Date;
}

/** Lets an editor try a webhook of a draft with one real call. */
@Injectable()
export class WebhookListening {
  constructor(
    private readonly listeners: WebhookListenersRepository,
    private readonly documents: WorkflowDocuments,
    private readonly settings: Settings,
    private readonly ids: Ids,
  ) {}

  /** @throws WorkflowNotFound, WorkflowInvalid, NodeNotAWebhook */
  async listen(projectId: string, workflowId: string, nodeId: string): Promise<OpenListener> {
    const { document } = await this.documents.getRunnable(projectId, workflowId, 'draft');
    const node = document.nodes.find(({ id, type }) => id === nodeId && type === 'core.webhook');
    if (node === undefined || node.disabled === true) throw new NodeNotAWebhook(nodeId);
    const { method, path } = webhookSettingsOf(node.parameters);
    const listener = { id: this.ids.newId(), workflowId, projectId, nodeId, method, path: segmentsOf(path).join('/') };
    const expiresAt = await this.listeners.add(listener, listenMs);
    return { url: `${this.settings.publicUrl}/hooks-test/${addressOf(path)}`, expiresAt };
  }

  /** The listener that a call is for; it stays open until it is taken. */
  async find(method: string, segments: readonly string[]): Promise<RouteMatch<WebhookListener>> {
    const open = await this.listeners.findOpen();
    // The table keeps the last of equal routes: the newest listener comes last.
    return new RouteTable(open.toReversed()).match(method, segments);
  }

  /** Takes the listener for this call; `false` where another call was first. */
  take({ id }: WebhookListener): Promise<boolean> {
    return this.listeners.take(id);
  }
}
