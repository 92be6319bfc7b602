import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../auth/caller.types.js';
import { ApprovalControl } from '../engine/control/approval-control.service.js';
import { ApprovalDecisions } from '../engine/control/approval-decisions.service.js';
import { decided, type Decision } from '../engine/control/decision.types.js';
import { decodeCursor, toPage, type Page, type PageQuery } from '../http/paging.types.js';
import { toView } from './approval-views.js';
import { ApprovalNotFound } from './approval.errors.js';
import type { ApprovalView } from './approval.types.js';
import { ApprovalsRepository } from './approvals.repository.js';

/** Where a page of the list goes on: the last approval of the page before. */
const position = z.object({ id: z.uuid() });

/** Open approvals that are looked at to count them; more than that are told as so many. */
const mostCounted = 500;

/** What people who sign in are asked to decide. */
@Injectable()
export class ApprovalInbox {
  constructor(
    private readonly approvals: ApprovalsRepository,
    private readonly control: ApprovalControl,
    private readonly decisions: ApprovalDecisions,
  ) {}

  /** Newest first; of the open ones, those that are decided and on their way are left out. */
  async list(caller: Caller, question: { status: 'open' | 'done' } & PageQuery): Promise<Page<ApprovalView>> {
    const { cursor, limit } = question;
    const isOpen = question.status === 'open';
    const before = decodeCursor(cursor, position)?.id;
    const who = await this.control.deciderOf(caller);
    const records = await this.approvals.findPage(caller.projectId, isOpen, before, limit + 1);
    const page = toPage(
      records,
      limit,
      ({ id }) => ({ id }),
      (record) => toView(record, who),
    );
    return { ...page, items: page.items.filter(({ status }) => !isOpen || status === 'open') };
  }

  /** How many wait for the caller, and how many in all; at most 500 are counted. */
  async count(caller: Caller): Promise<{ mine: number; all: number }> {
    const { items } = await this.list(caller, { status: 'open', limit: mostCounted });
    return { mine: items.filter(({ isForMe, mayDecide }) => isForMe && mayDecide).length, all: items.length };
  }

  /** @throws ApprovalNotFound */
  async getById(caller: Caller, id: string): Promise<ApprovalView> {
    const record = await this.approvals.findById(id);
    if (record?.project_id !== caller.projectId) throw new ApprovalNotFound();
    return toView(record, await this.control.deciderOf(caller));
  }

  /** @throws ApprovalNotFound, and what {@link ApprovalDecisions.take} throws */
  async decide(caller: Caller, id: string, body: Decision): Promise<ApprovalView> {
    const { runId, stepId: step } = await this.getById(caller, id);
    const who = await this.control.deciderOf(caller);
    await this.decisions.take({ ...body, runId, step, decision: decided(body) }, who);
    return this.getById(caller, id);
  }
}
