import { Injectable } from '@nestjs/common';
import { UserDirectory } from '../auth/user-directory.service.js';
import { Clock } from '../clock/clock.service.js';
import { Settings } from '../config/config.service.js';
import { ApprovalControl } from '../engine/control/approval-control.service.js';
import { anybody, ApprovalDecisions, type Decider } from '../engine/control/approval-decisions.service.js';
import { decided, type Decision } from '../engine/control/decision.types.js';
import { requestOf, toLinked } from './approval-views.js';
import { ApprovalLinkExpired, ApprovalNotFound } from './approval.errors.js';
import type { LinkedApproval } from './approval.types.js';
import { ApprovalsRepository, type ApprovalRecord } from './approvals.repository.js';
import { isGenuine, linkToken, readLinkToken } from './link-token.js';

/** How long a link is good where the approval waits for ever. */
const lastsDays = 30;

/** Links by which people decide who have no account. Showing what is behind one never decides anything. */
@Injectable()
export class ApprovalLinks {
  constructor(
    private readonly approvals: ApprovalsRepository,
    private readonly control: ApprovalControl,
    private readonly decisions: ApprovalDecisions,
    private readonly users: UserDirectory,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** The address for one of those who are asked, by their place among them. */
  urlFor(record: ApprovalRecord, approver: number): string {
    const expiresAt = record.until ?? new Date(this.clock.now() + lastsDays * 86_400_000);
    const token = linkToken({ waitId: record.id, approver, expiresAt }, record.resume_secret);
    return `${this.settings.publicUrl}/approve/${token}`;
  }

  /** @throws ApprovalNotFound, ApprovalLinkExpired */
  async show(token: string): Promise<LinkedApproval> {
    const { record, who } = await this.#read(token);
    return toLinked(record, who);
  }

  /** @throws ApprovalNotFound, ApprovalLinkExpired, and what {@link ApprovalDecisions.take} throws */
  async decide(token: string, body: Decision): Promise<LinkedApproval> {
    const { record, who } = await this.#read(token);
    const { run_id: runId, step_key: step } = record;
    await this.decisions.take({ ...body, runId, step, decision: decided(body) }, who);
    return this.show(token);
  }

  async #read(token: string): Promise<{ record: ApprovalRecord; who: Decider }> {
    const link = readLinkToken(token);
    if (link === undefined) return { record: await this.#byWaitToken(token), who: anybody };
    const record = await this.approvals.findById(link.waitId);
    const approver = record && requestOf(record).approvers[link.approver];
    if (record === undefined || approver === undefined || !isGenuine(link, record.resume_secret))
      throw new ApprovalNotFound();
    if (link.expiresAt.getTime() < this.clock.now()) throw new ApprovalLinkExpired(link.expiresAt);
    const name = await this.users.addressOf(approver);
    return { record, who: { name, alsoKnownAs: [approver], mayControl: false } };
  }

  /** The token of the wait, as the page of its run shows it, is a link too: for whoever has it. */
  async #byWaitToken(token: string): Promise<ApprovalRecord> {
    const found = await this.control.findByToken(token).catch(unlessUnknown);
    const record = found && (await this.approvals.findByStep(found.runId, found.step));
    if (record === undefined) throw new ApprovalNotFound();
    return record;
  }
}

function unlessUnknown(error: unknown): undefined {
  if ((error as { code?: unknown }).code !== 'wait.notFound') throw error;
}
