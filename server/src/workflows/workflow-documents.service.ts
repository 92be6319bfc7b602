import { Injectable } from '@nestjs/common';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { UnitOfWork } from '../database/unit-of-work.service.js';
import { NamedCredentials } from './named-credentials.service.js';
import { DocumentCheck } from './document-check.service.js';
import { parseDocumentText } from './document-text.js';
import { WorkflowVersionsRepository } from './workflow-versions.repository.js';
import { WorkflowInvalid, WorkflowNotFound, WorkflowNotLive, WorkflowVersionNotFound } from './workflows.errors.js';
import { WorkflowsRepository } from './workflows.repository.js';

/** A document that can be run, and where it came from. */
export interface RunnableWorkflow {
  workflowId: string;
  name: string;
  /** Absent for a draft. */
  version?: number;
  document: WorkflowDocument;
}

/** Finds documents to run: drafts, the live version, any version. */
@Injectable()
export class WorkflowDocuments {
  constructor(
    private readonly workflows: WorkflowsRepository,
    private readonly versions: WorkflowVersionsRepository,
    private readonly check: DocumentCheck,
    private readonly credentials: NamedCredentials,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * The document of a workflow of this project.
   * @throws WorkflowNotFound, WorkflowVersionNotFound, WorkflowNotLive (nothing is published), WorkflowInvalid
   */
  async getRunnable(
    projectId: string,
    workflowId: string,
    which: number | 'live' | 'draft',
  ): Promise<RunnableWorkflow> {
    const row = await this.workflows.findById(this.unitOfWork.direct, projectId, workflowId);
    if (row === undefined) throw new WorkflowNotFound(workflowId);
    const found = { workflowId, name: row.name };
    if (which === 'draft')
      return { ...found, document: await this.requireRunnable(projectId, parseDocumentText(row.draft)) };
    const version = which === 'live' ? row.liveVersion : which;
    if (version === null) throw new WorkflowNotLive(row.name);
    return { ...found, version, document: await this.getVersion(workflowId, version) };
  }

  /** A document that nobody published, ready to run in this project. @throws WorkflowInvalid */
  async requireRunnable(projectId: string, raw: unknown): Promise<WorkflowDocument> {
    const document = this.check.requireRunnable(raw);
    const problems = await this.credentials.problemsOf(this.unitOfWork.direct, projectId, document);
    if (problems.some(({ severity }) => severity === 'error')) throw new WorkflowInvalid(problems);
    return document;
  }

  /**
   * The document of a version, whoever owns it: for callers that were let in already.
   * @throws WorkflowVersionNotFound, WorkflowInvalid (a connector it needs is gone)
   */
  async getVersion(workflowId: string, version: number): Promise<WorkflowDocument> {
    const row = await this.versions.find(this.unitOfWork.direct, workflowId, version);
    if (row === undefined) throw new WorkflowVersionNotFound(workflowId, version);
    return this.check.requireRunnable(parseDocumentText(row.document));
  }
}
