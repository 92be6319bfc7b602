import { Injectable } from '@nestjs/common';
import type { JsonObject } from '@wfaib/sdk/items';
import type { Problem } from '@wfaib/sdk/workflow-document';
import { Clock } from '../clock/clock.service.js';
import { Ids } from '../clock/ids.service.js';
import { UnitOfWork, type Tx } from '../database/unit-of-work.service.js';
import { authorsAfter, type Authorship } from './draft-authors.js';
import { DocumentCheck } from './document-check.service.js';
import { documentTextOf, nameOf, parseDocumentText } from './document-text.js';
import { isElsewhere } from './editing-turn.js';
import { NamedThings } from './named-things.service.js';
import { WorkflowEditingRepository } from './workflow-editing.repository.js';
import type { WorkflowRow, WorkflowVersionRow } from './workflow-rows.types.js';
import { WorkflowVersionsRepository } from './workflow-versions.repository.js';
import {
  WorkflowConflict,
  WorkflowEditedElsewhere,
  WorkflowLive,
  WorkflowNotFound,
  WorkflowVersionNotFound,
} from './workflows.errors.js';
import { WorkflowsRepository } from './workflows.repository.js';
import type { OrganiseWorkflow } from './workflows.schemas.js';
import type { ChangeAuthor, VersionSummary, WorkflowView } from './workflows.types.js';

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
    private readonly turns: WorkflowEditingRepository,
    private readonly check: DocumentCheck,
    private readonly named: NamedThings,
    private readonly unitOfWork: UnitOfWork,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** @throws DocumentUnreadable where `raw` is no JSON object */
  async create(editor: Editor, raw: unknown): Promise<WorkflowView> {
    const draft = documentTextOf(raw);
    const head = { id: this.ids.newId(), projectId: editor.projectId, name: nameOf(raw), draft };
    return this.unitOfWork.run(async (tx) => {
      const row = await this.workflows.insert(tx, head, editor.userId);
      await this.workflows.setAuthors(tx, row.id, authorsAfter({}, {}, raw as JsonObject, this.authorship(editor)));
      return this.view(tx, row);
    });
  }

  /** @throws WorkflowNotFound */
  async getById(projectId: string, id: string): Promise<WorkflowView> {
    const row = await this.workflows.findById(this.unitOfWork.direct, projectId, id);
    if (row === undefined) throw new WorkflowNotFound(id);
    return this.view(this.unitOfWork.direct, row);
  }

  /**
   * Saves a draft. `expected` is the revision it was made from; `undefined` saves over whatever is there. `tab` is the
   * editor that saves, which has to have the turn; who names none saves without.
   * @throws WorkflowNotFound, WorkflowConflict, WorkflowEditedElsewhere, DocumentUnreadable
   */
  saveDraft(
    editor: Editor,
    id: string,
    raw: unknown,
    expected: number | undefined,
    tab?: string,
  ): Promise<WorkflowView> {
    const draft = documentTextOf(raw);
    return this.unitOfWork.run(async (tx) => {
      if (tab !== undefined) await this.requireTurn(tx, editor.projectId, id, tab);
      const row = await this.lock(tx, editor.projectId, id);
      if (expected !== undefined && expected !== row.revision)
        throw new WorkflowConflict(row.revision, await this.workflows.lastSavedBy(tx, id), row.updatedAt);
      const before = parseDocumentText(row.draft);
      const authors = await this.workflows.authorsOf(tx, id);
      await this.workflows.setAuthors(
        tx,
        id,
        authorsAfter(authors, before, raw as JsonObject, this.authorship(editor)),
      );
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
    return { ...summaryOf(version), document: parseDocumentText(version.document) };
  }

  /** Who changed what since the last publish; parts that nobody changed are left out. @throws WorkflowNotFound */
  async changeAuthors(projectId: string, id: string): Promise<ChangeAuthor[]> {
    const tx = this.unitOfWork.direct;
    if ((await this.workflows.findById(tx, projectId, id)) === undefined) throw new WorkflowNotFound(id);
    const authors = Object.entries(await this.workflows.authorsOf(tx, id));
    const names = await this.workflows.namesOf(tx, [...new Set(authors.map(([, { userId }]) => userId))]);
    return authors.map(([part, { userId, at }]) => ({ ...partOf(part), name: names.get(userId) ?? null, at }));
  }

  /** Writes what people should know about a version. @throws WorkflowNotFound, WorkflowVersionNotFound */
  async noteVersion(projectId: string, id: string, number: number, note: string): Promise<void> {
    const tx = this.unitOfWork.direct;
    if ((await this.workflows.findById(tx, projectId, id)) === undefined) throw new WorkflowNotFound(id);
    if (!(await this.versions.setNote(tx, id, number, note))) throw new WorkflowVersionNotFound(id, number);
  }

  /** Holds the turn until the draft is saved: a tab that takes over comes before the save or after it, never in between. */
  private async requireTurn(tx: Tx, projectId: string, id: string, tab: string): Promise<void> {
    const found = await this.turns.findLocked(tx, projectId, id);
    if (found && isElsewhere(found.turn, tab, found.now)) throw new WorkflowEditedElsewhere();
  }

  private authorship({ userId }: Editor): Authorship {
    return { userId, at: new Date(this.clock.now()).toISOString() };
  }

  private async lock(tx: Tx, projectId: string, id: string): Promise<WorkflowRow> {
    const row = await this.workflows.findByIdLocked(tx, projectId, id);
    if (row === undefined) throw new WorkflowNotFound(id);
    return row;
  }

  private async summaries(tx: Tx, id: string): Promise<VersionSummary[]> {
    const rows = await this.versions.list(tx, id);
    return rows.map(summaryOf);
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

function summaryOf(row: Omit<WorkflowVersionRow, 'document'>): VersionSummary {
  return { version: row.number, createdAt: row.publishedAt, createdBy: row.publishedBy, note: row.note };
}

function partOf(key: string): Pick<ChangeAuthor, 'part' | 'nodeId'> {
  return key.startsWith('node:') ? { part: 'node', nodeId: key.slice('node:'.length) } : { part: key };
}
