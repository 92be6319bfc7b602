import { Injectable } from '@nestjs/common';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { WorkflowDocuments } from '../../workflows/workflow-documents.service.js';

const maxDocuments = 200;

/** Documents of the versions that schedules start, read once: a version never changes. */
@Injectable()
export class ScheduledDocuments {
  private readonly known = new Map<string, Promise<WorkflowDocument>>();

  constructor(private readonly documents: WorkflowDocuments) {}

  /** @throws WorkflowVersionNotFound, WorkflowInvalid (a connector it needs is gone) */
  get(workflowId: string, version: number): Promise<WorkflowDocument> {
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
    return reading;
  }
}
