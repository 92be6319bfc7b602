import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.service.js';
import { parseDocumentText } from './document-text.js';
import { NamedCredentials } from './named-credentials.service.js';
import { decodeCursor, toPage, type Page } from '../http/paging.types.js';
import { WorkflowsRepository, type WorkflowListRow } from './workflows.repository.js';
import { listPosition, withoutNul, type WorkflowsQuery } from './workflows.schemas.js';
import type { WorkflowLabels, WorkflowSummary } from './workflows.types.js';

/** The workflows of a project, newest change first. */
@Injectable()
export class WorkflowList {
  constructor(
    private readonly workflows: WorkflowsRepository,
    private readonly credentials: NamedCredentials,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws InvalidCursor */
  async page(projectId: string, { q, cursor, limit, ...filter }: WorkflowsQuery): Promise<Page<WorkflowSummary>> {
    const after = decodeCursor(cursor, listPosition);
    const wanted = { q: withoutNul(q), ...filter };
    const rows = await this.workflows.findPage(this.unitOfWork.direct, projectId, wanted, after, limit + 1);
    const drafts = rows.map(({ draft }) => (draft === null ? undefined : parseDocumentText(draft)));
    const problems = await this.credentials.problemsOfEach(this.unitOfWork.direct, projectId, drafts);
    const listed = rows.map((row, index) => ({ ...row, credentialProblems: problems[index]! }));
    return toPage(listed, limit, ({ sortKey, id }) => ({ sortKey, id }), toSummary);
  }

  /** Folders and tags in use. */
  labels(projectId: string): Promise<WorkflowLabels> {
    return this.workflows.labels(this.unitOfWork.direct, projectId);
  }
}

function toSummary(row: WorkflowListRow & Pick<WorkflowSummary, 'credentialProblems'>): WorkflowSummary {
  const { id, name, revision, liveVersion, createdAt, updatedAt, folder, tags, owner, credentialProblems } = row;
  return { id, name, revision, live: liveVersion, createdAt, updatedAt, folder, tags, owner, credentialProblems };
}
