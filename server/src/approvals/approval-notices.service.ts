import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { UserDirectory } from '../auth/user-directory.service.js';
import { UnitOfWork, type Tx } from '../database/unit-of-work.service.js';
import { EventBus } from '../events/event-bus.service.js';
import { JobQueue } from '../jobs/job-queue.service.js';
import { Log } from '../logging/logger.service.js';
import { Mailer } from '../mail/mailer.service.js';
import { runChangedChannel, type RunChanged } from '../runs/run.events.js';
import { ApprovalLinks } from './approval-links.service.js';
import { approvalMail } from './approval-mail.js';
import { decisionsOf, requestOf, statusOf } from './approval-views.js';
import { ApprovalsRepository, type ApprovalRecord } from './approvals.repository.js';

const jobKind = 'approval.mail';
/** What is due is looked for this often, in milliseconds; runs that begin to wait are looked at sooner. */
const everyMs = 2_000;
/** News that come within this time share a look, in milliseconds. */
const gatherMs = 100;
const roundSize = 100;
const isAddress = /^[^\s@]+@[^\s@]+$/;

/** One mail to one of those who are asked. */
type MailJob = {
  approvalId: string;
  /** Place among the approvers. */
  approver: number;
  notice: number;
};

/**
 * Tells people by mail that they are asked, and reminds them. What is due stands in the row of the wait, so no mail is
 * forgotten with a process; each is a job of its own, tried until the mail server takes it.
 */
@Injectable()
export class ApprovalNotices implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #look: NodeJS.Timeout | undefined;
  #deafen: (() => void) | undefined;
  #round: Promise<void> = Promise.resolve();

  constructor(
    private readonly approvals: ApprovalsRepository,
    private readonly links: ApprovalLinks,
    private readonly users: UserDirectory,
    private readonly jobs: JobQueue,
    private readonly mailer: Mailer,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: EventBus,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.jobs.handles<MailJob>(jobKind, (job) => this.#send(job));
  }

  onApplicationBootstrap(): void {
    if (!this.mailer.isConfigured) return;
    this.#timer = setInterval(() => this.#lookSoon(), everyMs).unref();
    this.#deafen = this.events.subscribe<RunChanged>(runChangedChannel, ({ status }) => {
      if (status === 'waiting' || status === 'running') this.#lookSoon();
    });
    this.#lookSoon();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#deafen?.();
    clearInterval(this.#timer);
    clearTimeout(this.#look);
    await this.#round;
  }

  #lookSoon(): void {
    this.#look ??= setTimeout(() => {
      this.#look = undefined;
      this.#round = this.#round.then(() => this.#queueDue());
    }, gatherMs).unref();
  }

  async #queueDue(): Promise<void> {
    try {
      for (let count = roundSize; count === roundSize;)
        count = await this.unitOfWork.run(async (tx) => {
          const due = await this.approvals.takeDue(tx, roundSize);
          for (const record of due) await this.#queue(tx, record);
          return due.length;
        });
    } catch (error) {
      this.log.warn({ error }, 'Mail about approvals could not be queued; it is tried again soon');
    }
  }

  /** The ids of the jobs are the same when this is repeated: nobody gets the same mail twice because of it. */
  async #queue(tx: Tx, record: ApprovalRecord): Promise<void> {
    const { approvers, remindMs } = requestOf(record);
    const isOpen = statusOf(record) === 'open';
    if (isOpen)
      for (const approver of approvers.keys()) {
        const data: MailJob = { approvalId: record.id, approver, notice: record.notices };
        await this.jobs.add(jobKind, data, { id: `${jobKind}.${record.id}.${approver}.${record.notices}` });
      }
    await this.approvals.noteNotice(tx, record.id, isOpen && approvers.length > 0 ? (remindMs ?? null) : null);
  }

  async #send({ approvalId, approver, notice }: MailJob): Promise<void> {
    const record = await this.approvals.findById(approvalId);
    if (record === undefined || statusOf(record) !== 'open') return;
    const to = await this.users.addressOf(requestOf(record).approvers[approver]!);
    const hasDecided = decisionsOf(record).some(({ by }) => by === to);
    if (hasDecided || !isAddress.test(to)) return;
    await this.mailer.send(approvalMail(record, to, this.links.urlFor(record, approver), notice));
  }
}
