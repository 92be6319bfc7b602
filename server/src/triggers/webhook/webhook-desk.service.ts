import { Injectable } from '@nestjs/common';
import { WorkflowDocuments } from '../../workflows/workflow-documents.service.js';
import { LiveDocuments } from './live-documents.service.js';
import type { RouteMatch } from './route-table.js';
import type { WebhookAnswer } from './webhook-answer.js';
import type { WebhookCall } from './webhook-call.js';
import { WebhookIntake } from './webhook-intake.service.js';
import type { WebhookListener } from './webhook-listeners.repository.js';
import { WebhookListening } from './webhook-listening.service.js';
import type { WebhookRoute } from './webhook-routes.repository.js';
import { WebhookRoutes } from './webhook-routes.service.js';
import { WebhookMethodNotAllowed, WebhookUnknown } from './webhook.errors.js';

/** What a call is for: the live version of a workflow, or an editor that listens. */
export type CallTarget = 'live' | 'listener';

/** Finds the workflow a call is for and hands it over. */
@Injectable()
export class WebhookDesk {
  constructor(
    private readonly routes: WebhookRoutes,
    private readonly listening: WebhookListening,
    private readonly live: LiveDocuments,
    private readonly documents: WorkflowDocuments,
    private readonly intake: WebhookIntake,
  ) {}

  /** @throws WebhookUnknown, WebhookMethodNotAllowed, and what the intake throws */
  async receive(target: CallTarget, segments: readonly string[], call: WebhookCall): Promise<WebhookAnswer> {
    return target === 'live' ? this.receiveLive(segments, call) : this.receiveTest(segments, call);
  }

  /** @throws WebhookUnknown where the path is unknown */
  async methodsOf(target: CallTarget, segments: readonly string[], path: string): Promise<string[]> {
    const match = target === 'live' ? await this.routes.find('', segments) : await this.listening.find('', segments);
    if (match.kind !== 'otherMethod') throw new WebhookUnknown('OPTIONS', `/${path}`);
    return match.allow;
  }

  private async receiveLive(segments: readonly string[], call: WebhookCall): Promise<WebhookAnswer> {
    const known = this.routes.findNow(call.method, segments);
    const match = known.kind === 'found' ? known : await this.routes.find(call.method, segments);
    const { route, params } = required<WebhookRoute>(match, call);
    const webhook = await this.live.webhook(route.workflowId, route.version, route.nodeId);
    return this.intake.answer(
      {
        ...webhook,
        projectId: route.projectId,
        workflowId: route.workflowId,
        workflowName: webhook.document.name,
        version: route.version,
        mode: 'production',
      },
      { ...call, params },
    );
  }

  private async receiveTest(segments: readonly string[], call: WebhookCall): Promise<WebhookAnswer> {
    const { route, params } = required<WebhookListener>(await this.listening.find(call.method, segments), call);
    const { document } = await this.documents.getRunnable(route.projectId, route.workflowId, 'draft');
    const webhook = this.live.armedIn(document, route.nodeId);
    if (!(await this.listening.take(route))) throw new WebhookUnknown(call.method, `/${call.path}`);
    const { projectId, workflowId } = route;
    return this.intake.answer(
      { ...webhook, projectId, workflowId, workflowName: document.name, mode: 'test' },
      { ...call, params },
    );
  }
}

function required<R>(match: RouteMatch<R>, call: WebhookCall): { route: R; params: Record<string, string> } {
  if (match.kind === 'found') return match;
  if (match.kind === 'otherMethod') throw new WebhookMethodNotAllowed(call.method, `/${call.path}`, match.allow);
  throw new WebhookUnknown(call.method, `/${call.path}`);
}
