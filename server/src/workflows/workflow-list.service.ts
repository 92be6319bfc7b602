import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.service.js';
import { decodeCursor, toPage, type Page } from '../http/paging.types.js';
import { WorkflowsRepository, type WorkflowListRow } from './workflows.repository.js';
import { listPosition, withoutNul, type WorkflowsQuery } from './workflows.schemas.js';
import type { WorkflowSummary } from './workflows.types.js';

/** The workflows of a project, newest change first. */
@Injectable()
export class WorkflowList {
  constructor(
    private readonly workflows: WorkflowsRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws InvalidCursor */
  async page(projectId: string, { q, cursor, limit }: WorkflowsQuery): Promise<Page<WorkflowSummary>> {
    const after = decodeCursor(cursor, listPosition);
    const rows = await this.workflows.findPage(this.unitOfWork.direct, projectId, withoutNul(q), after, limit + 1);
    return toPage(rows, limit, ({ sortKey, id }) => ({ sortKey, id }), toSummary);
  }
}

function toSummary({ id, name, revision, liveVersion, createdAt, updatedAt }: WorkflowListRow): WorkflowSummary {
  return { id, name, revision, live: liveVersion, createdAt, updatedAt };
}
