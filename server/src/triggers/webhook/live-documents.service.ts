import { Injectable } from '@nestjs/common';
import type { WorkflowDocument, WorkflowNode } from '@wfaib/sdk/workflow-document';
import { WorkflowDocuments } from '../../workflows/workflow-documents.service.js';
import { WebhookMisconfigured } from './webhook.errors.js';
import { webhookSettingsOf, type WebhookSettings } from './webhook-settings.js';

/** A webhook of a document, ready to be called. */
export interface ArmedWebhook {
  document: WorkflowDocument;
  node: WorkflowNode;
  settings: WebhookSettings;
}

const maxDocuments = 500;

/** Documents of live versions, read once: a version never changes. */
@Injectable()
export class LiveDocuments {
  private readonly known = new Map<string, Promise<WorkflowDocument>>();
  private readonly armed = new WeakMap<WorkflowDocument, Map<string, ArmedWebhook>>();

  constructor(private readonly documents: WorkflowDocuments) {}

  /** @throws WebhookMisconfigured where the version cannot run any more, for example without its connector */
  async webhook(workflowId: string, version: number, nodeId: string): Promise<ArmedWebhook> {
    return this.armedIn(await this.document(workflowId, version), nodeId);
  }

  /** @throws WebhookMisconfigured where the document has no such node */
  armedIn(document: WorkflowDocument, nodeId: string): ArmedWebhook {
    const byNode = this.armed.get(document) ?? new Map<string, ArmedWebhook>();
    this.armed.set(document, byNode);
    const known = byNode.get(nodeId);
    if (known !== undefined) return known;
    const node = document.nodes.find(({ id }) => id === nodeId);
    if (node === undefined)
      throw new WebhookMisconfigured('The workflow has no such webhook any more. Publish it again.');
    const webhook = { document, node, settings: webhookSettingsOf(node.parameters) };
    byNode.set(nodeId, webhook);
    return webhook;
  }

  private document(workflowId: string, version: number): Promise<WorkflowDocument> {
    const key = `${workflowId}:${version}`;
    const known = this.known.get(key) ?? this.read(key, workflowId, version);
    this.known.delete(key);
    this.known.set(key, known);
    if (this.known.size > maxDocuments) this.known.delete(this.known.keys().next().value!);
    return known;
  }

  private read(key: string, workflowId: string, version: number): Promise<WorkflowDocument> {
    const reading = this.documents.getVersion(workflowId, version);
    // A failure is not remembered: the database may be back, or the connector installed.
    reading.catch(() => this.known.delete(key));
    return reading.catch((cause: unknown) => {
      if ((cause as { code?: unknown }).code !== 'workflow.invalid') throw cause;
      throw new WebhookMisconfigured('The live version of this workflow cannot run. Open it to see its problems.', {
        cause,
      });
    });
  }
}
