import { Injectable } from '@nestjs/common';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import type { Tx } from '../database/unit-of-work.service.js';
import { DocumentCheck } from './document-check.service.js';
import { documentHash, parseDocumentText } from './document-text.js';
import { NamedThings } from './named-things.service.js';
import type { WorkflowRow } from './workflow-rows.types.js';
import { WorkflowVersionsRepository } from './workflow-versions.repository.js';
import { WorkflowInvalid, WorkflowNotFound, WorkflowVersionNotFound } from './workflows.errors.js';
import { WorkflowsRepository } from './workflows.repository.js';
import type { Editor } from './workflows.service.js';

/** A version that has just become live. */
export interface PublishedVersion {
  workflowId: string;
  projectId: string;
  name: string;
  version: number;
  document: WorkflowDocument;
}

/** What is to go live: an older version, or the draft as a new one with a note. */
export interface PublishChoice {
  version?: number | undefined;
  note?: string | undefined;
}

/**
 * Makes a version live, inside the transaction of the caller: `triggers` arms its webhooks in the same one, so that a
 * workflow is never live without them.
 */
@Injectable()
export class WorkflowPublishing {
  constructor(
    private readonly workflows: WorkflowsRepository,
    private readonly versions: WorkflowVersionsRepository,
    private readonly check: DocumentCheck,
    private readonly named: NamedThings,
  ) {}

  /**
   * Publishes the draft with a note, or makes an older `version` live again. A draft that equals the newest version is that version.
   * @throws WorkflowNotFound, WorkflowVersionNotFound, WorkflowInvalid
   */
  async publish(
    tx: Tx,
    editor: Editor,
    workflowId: string,
    { version, note = '' }: PublishChoice = {},
  ): Promise<PublishedVersion> {
    const row = await this.lock(tx, editor.projectId, workflowId);
    const text = version === undefined ? row.draft : await this.textOf(tx, workflowId, version);
    const raw = parseDocumentText(text);
    const document = this.check.requireRunnable(raw);
    const problems = await this.named.problemsOf(tx, row.projectId, raw);
    if (problems.some(({ severity }) => severity === 'error')) throw new WorkflowInvalid(problems);
    const number = version ?? (await this.numberFor(tx, row, editor.userId, note));
    await this.workflows.setLiveVersion(tx, workflowId, number);
    return { workflowId, projectId: row.projectId, name: row.name, version: number, document };
  }

  /** Leaves no version live. @throws WorkflowNotFound */
  async unpublish(tx: Tx, projectId: string, workflowId: string): Promise<void> {
    await this.lock(tx, projectId, workflowId);
    await this.workflows.setLiveVersion(tx, workflowId, null);
  }

  private async lock(tx: Tx, projectId: string, workflowId: string): Promise<WorkflowRow> {
    const row = await this.workflows.findByIdLocked(tx, projectId, workflowId);
    if (row === undefined) throw new WorkflowNotFound(workflowId);
    return row;
  }

  private async textOf(tx: Tx, workflowId: string, version: number): Promise<string> {
    const row = await this.versions.find(tx, workflowId, version);
    if (row === undefined) throw new WorkflowVersionNotFound(workflowId, version);
    return row.document;
  }

  private async numberFor(tx: Tx, row: WorkflowRow, userId: string, note: string): Promise<number> {
    const hash = documentHash(row.draft);
    const newest = await this.versions.findNewest(tx, row.id);
    if (newest?.hash === hash) {
      if (note !== '') await this.versions.setNote(tx, row.id, newest.number, note);
      return newest.number;
    }
    const number = (newest?.number ?? 0) + 1;
    await this.versions.insert(tx, row.id, { number, document: row.draft, hash, note }, userId);
    await this.workflows.setAuthors(tx, row.id, {});
    return number;
  }
}
