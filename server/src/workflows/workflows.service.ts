import { Injectable } from '@nestjs/common';
import type { JsonObject } from '@wfaib/sdk/items';
import type { Problem } from '@wfaib/sdk/workflow-document';
import { Ids } from '../clock/ids.service.js';
import { UnitOfWork, type Tx } from '../database/unit-of-work.service.js';
import { DocumentCheck } from './document-check.service.js';
import { documentTextOf, nameOf, parseDocumentText } from './document-text.js';
import { NamedWorkflows } from './named-workflows.service.js';
import type { WorkflowRow } from './workflow-rows.types.js';
import { WorkflowVersionsRepository } from './workflow-versions.repository.js';
import { WorkflowConflict, WorkflowLive, WorkflowNotFound, WorkflowVersionNotFound } from './workflows.errors.js';
import { WorkflowsRepository } from './workflows.repository.js';
import type { OrganiseWorkflow } from './workflows.schemas.js';
import type { VersionSummary, WorkflowView } from './workflows.types.js';

/** Who changes what: the part of a caller this room needs. */
export interface Editor {
  userId: string;
  projectId: string;
}

/** Keeps drafts and shows them with their problems. A draft is kept whatever is wrong with it. */
@Injectable()
export class Workflows {
  constructor(
    private readonly workflows: WorkflowsRepository,
    private readonly versions: WorkflowVersionsRepository,
    private readonly check: DocumentCheck,
    private readonly named: NamedWorkflows,
    private readonly unitOfWork: UnitOfWork,
    private readonly ids: Ids,
  ) {}

  /** @throws DocumentUnreadable where `raw` is no JSON object */
  async create(editor: Editor, raw: unknown): Promise<WorkflowView> {
    const draft = documentTextOf(raw);
    const head = { id: this.ids.newId(), projectId: editor.projectId, name: nameOf(raw), draft };
    return this.view(this.unitOfWork.direct, await this.workflows.insert(this.unitOfWork.direct, head, editor.userId));
  }

  /** @throws WorkflowNotFound */
  async getById(projectId: string, id: string): Promise<WorkflowView> {
    const row = await this.workflows.findById(this.unitOfWork.direct, projectId, id);
    if (row === undefined) throw new WorkflowNotFound(id);
    return this.view(this.unitOfWork.direct, row);
  }

  /**
   * Saves a draft. `expected` is the revision it was made from; `undefined` saves over whatever is there.
   * @throws WorkflowNotFound, WorkflowConflict, DocumentUnreadable
   */
  saveDraft(editor: Editor, id: string, raw: unknown, expected: number | undefined): Promise<WorkflowView> {
    const draft = documentTextOf(raw);
    return this.unitOfWork.run(async (tx) => {
      const row = await this.lock(tx, editor.projectId, id);
      if (expected !== undefined && expected !== row.revision)
        throw new WorkflowConflict(row.revision, await this.workflows.lastSavedBy(tx, id), row.updatedAt);
      return this.view(tx, await this.workflows.replaceDraft(tx, id, nameOf(raw), draft, editor.userId));
    });
  }

  /** Puts a workflow into a folder, gives it tags, or both; its document stays as it is. @throws WorkflowNotFound */
  organise(projectId: string, id: string, { folder, tags }: OrganiseWorkflow): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      await this.lock(tx, projectId, id);
      await this.workflows.organise(tx, id, folder, tags);
    });
  }

  /** @throws WorkflowNotFound, WorkflowLive */
  delete(projectId: string, id: string): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const row = await this.lock(tx, projectId, id);
      if (row.liveVersion !== null) throw new WorkflowLive(row.name, row.liveVersion);
      await this.workflows.delete(tx, id);
    });
  }

  /** All problems of a document that need not be stored. */
  async problemsOf(projectId: string, raw: unknown): Promise<Problem[]> {
    const named = await this.named.problemsOf(this.unitOfWork.direct, projectId, raw);
    return [...this.check.problemsOf(raw), ...named];
  }

  /** @throws WorkflowNotFound */
  async listVersions(projectId: string, id: string): Promise<VersionSummary[]> {
    const row = await this.workflows.findById(this.unitOfWork.direct, projectId, id);
    if (row === undefined) throw new WorkflowNotFound(id);
    return this.summaries(this.unitOfWork.direct, id);
  }

  /** @throws WorkflowNotFound, WorkflowVersionNotFound */
  async getVersion(projectId: string, id: string, number: number): Promise<VersionSummary & { document: JsonObject }> {
    const tx = this.unitOfWork.direct;
    if ((await this.workflows.findById(tx, projectId, id)) === undefined) throw new WorkflowNotFound(id);
    const version = await this.versions.find(tx, id, number);
    if (version === undefined) throw new WorkflowVersionNotFound(id, number);
    const { publishedAt: createdAt, publishedBy: createdBy } = version;
    return { version: number, createdAt, createdBy, document: parseDocumentText(version.document) };
  }

  private async lock(tx: Tx, projectId: string, id: string): Promise<WorkflowRow> {
    const row = await this.workflows.findByIdLocked(tx, projectId, id);
    if (row === undefined) throw new WorkflowNotFound(id);
    return row;
  }

  private async summaries(tx: Tx, id: string): Promise<VersionSummary[]> {
    const rows = await this.versions.list(tx, id);
    return rows.map((row) => ({ version: row.number, createdAt: row.publishedAt, createdBy: row.publishedBy }));
  }

  private async view(tx: Tx, row: WorkflowRow): Promise<WorkflowView> {
    const draft = parseDocumentText(row.draft);
    return {
      id: row.id,
      name: row.name,
      draft,
      revision: row.revision,
      live: row.liveVersion,
      versions: await this.summaries(tx, row.id),
      problems: [...this.check.problemsOf(draft), ...(await this.named.problemsOf(tx, row.projectId, draft))],
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
    };
  }
}
