import { Injectable } from '@nestjs/common';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import type { ChildCall } from '../../nodes/core/call.node.js';
import { DocumentCheck } from '../../workflows/document-check.service.js';
import { NodeCatalog } from '../../workflows/node-catalog.service.js';
import { WorkflowDocuments, type RunnableWorkflow } from '../../workflows/workflow-documents.service.js';
import type { RunRow } from '../journal/run-row.types.js';
import { calledStartOf, callRefused, isWorkflowId } from './called-start.js';

/** What is called: a document, where it came from, and the node it starts at. */
export interface CalledWorkflow {
  workflowId?: string;
  name: string;
  version?: number;
  document: WorkflowDocument;
  startNodeId: string;
}

/** Finds what a step calls, within its project: live versions for production, drafts for tests. */
@Injectable()
export class CalledWorkflows {
  readonly #inline = new WeakMap<object, WorkflowDocument>();

  constructor(
    private readonly documents: WorkflowDocuments,
    private readonly check: DocumentCheck,
    private readonly catalog: NodeCatalog,
  ) {}

  /** @throws StepFailure `call.workflowUnknown`, `call.notLive`, `call.workflowInvalid`, `call.noTrigger`, `call.inputRefused` */
  async find({ projectId, mode }: RunRow, call: ChildCall): Promise<CalledWorkflow> {
    const found = call.document
      ? this.#inlineDocument(call.document)
      : await this.#stored(projectId, call.workflowId ?? '', mode === 'test' ? 'draft' : 'live');
    const isTrigger = (type: string) => this.catalog.describe(type)?.isTrigger === true;
    return { ...found, startNodeId: calledStartOf(found.document, call.items, isTrigger) };
  }

  async #stored(projectId: string, workflowId: string, which: 'live' | 'draft'): Promise<RunnableWorkflow> {
    const unknown = `There is no workflow ${workflowId} in this project. Choose the workflow to call.`;
    if (!isWorkflowId(workflowId)) throw callRefused('call.workflowUnknown', unknown, { workflowId });
    try {
      return await this.documents.getRunnable(projectId, workflowId, which);
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (code === 'workflow.notFound') throw callRefused('call.workflowUnknown', unknown, { workflowId });
      if (code === 'workflow.notLive') throw callRefused('call.notLive', message, { workflowId });
      if (code === 'workflow.invalid') throw callRefused('call.workflowInvalid', message, { workflowId });
      throw error;
    }
  }

  #inlineDocument(raw: object): { name: string; document: WorkflowDocument } {
    const document = this.#inline.get(raw) ?? this.#checked(raw);
    this.#inline.set(raw, document);
    return { name: document.name, document };
  }

  #checked(raw: object): WorkflowDocument {
    try {
      return this.check.requireRunnable(raw);
    } catch (error) {
      const { code, message, problems } = error as { code?: string; message: string; problems?: { message: string }[] };
      if (code !== 'workflow.invalid') throw error;
      throw callRefused('call.workflowInvalid', problems?.[0]?.message ?? message);
    }
  }
}
