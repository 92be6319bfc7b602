import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { Clock } from '../clock/clock.service.js';
import { Settings } from '../config/config.service.js';
import { version } from '../config/version.service.js';
import { CredentialVault } from '../credentials/credential-vault.service.js';
import { UnitOfWork, type Tx } from '../database/unit-of-work.service.js';
import { Egress } from '../egress/egress.service.js';
import { JobQueue } from '../jobs/job-queue.service.js';
import type { JobTry } from '../jobs/job.types.js';
import { Log } from '../logging/logger.service.js';
import { DeliveriesRepository, type Parcel } from './deliveries.repository.js';
import { notificationBody } from './notification-body.js';
import { signatureHeaders } from './notification-signature.js';
import { DeliveryFailed } from './notifications.errors.js';

const jobKind = 'notification.send';
/** What is due is looked for this often, in milliseconds. */
const everyMs = 1_000;
const roundSize = 100;
/** How long an address may take to answer, in milliseconds. */
const patienceMs = 15_000;
/** What an address answers says nothing; more than this, in bytes, is not even read. */
const maxAnswerBytes = 1_000_000;
/** "Never again." */
const gone = 410;

/**
 * Brings notifications out. What is to be told stands in the database since the append that it tells of; each is a job,
 * tried until the address takes it.
 */
@Injectable()
export class NotificationCourier implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  readonly #leaving = new AbortController();

  constructor(
    private readonly deliveries: DeliveriesRepository,
    private readonly vault: CredentialVault,
    private readonly egress: Egress,
    private readonly jobs: JobQueue,
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.jobs.handles<{ deliveryId: string }>(jobKind, ({ deliveryId }, now) => this.#send(deliveryId, now));
    this.jobs.handlesEvery(3_600_000, 'notifications.forgetOld', () => this.deliveries.forgetOld());
  }

  onApplicationBootstrap(): void {
    if (this.settings.role === 'api') return;
    this.#timer = setInterval(() => {
      this.#round = this.#round.then(() => this.#queueDue());
    }, everyMs).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    this.#leaving.abort();
    await this.#round;
  }

  /** Makes a job of a delivery. One of an earlier sending that waits or has failed gives way to it. */
  async queue(id: string, sends: number): Promise<void> {
    const jobOf = (sending: number) => `${jobKind}.${id}.${sending}`;
    // The first sending can have a job that died before the row said that there is one.
    const replaces = jobOf(Math.max(sends - 1, 0));
    await this.jobs.add(jobKind, { deliveryId: id }, { id: jobOf(sends), replaces });
  }

  async #queueDue(): Promise<void> {
    try {
      for (let count = roundSize; count === roundSize;)
        count = await this.unitOfWork.run(async (tx) => {
          const due = await this.deliveries.takeDue(tx, roundSize);
          for (const each of due) await this.#prepare(tx, each);
          return due.length;
        });
    } catch (error) {
      this.log.warn({ error }, 'Notifications could not be queued; it is tried again soon');
    }
  }

  /** The job is there before the row says so: its id keeps it the only one when this is repeated. */
  async #prepare(tx: Tx, due: Parameters<typeof notificationBody>[0]): Promise<void> {
    if (due.run_id === null) return this.deliveries.drop(tx, due.id);
    await this.deliveries.noteQueued(tx, due.id, notificationBody(due, this.settings.publicUrl));
    await this.queue(due.id, 0);
  }

  async #send(deliveryId: string, { isLast }: JobTry): Promise<void> {
    const parcel = await this.deliveries.findParcel(deliveryId);
    if (parcel === undefined || !parcel.is_on || parcel.delivered_at !== null) return;
    if (parcel.body === null) throw new Error('The message is not written yet.');
    const { status, reason, isHopeless } = await this.#bring(parcel, parcel.body);
    if (reason === undefined) return this.deliveries.noteDelivered(deliveryId, status!);
    await this.deliveries.noteFailed(deliveryId, status, reason, isLast || isHopeless);
    throw new DeliveryFailed(parcel.name, new URL(parcel.url).host, reason, !isHopeless);
  }

  async #bring({ id, url, ...parcel }: Parcel, body: string) {
    const secret = this.vault.open(parcel.project_id, parcel.notification_id, parcel.secret);
    try {
      const { status } = await this.egress.exchange({
        method: 'POST',
        url: new URL(url),
        headers: {
          'content-type': 'application/json',
          'user-agent': `wfaib/${version}`,
          'idempotency-key': id,
          ...signatureHeaders(secret, id, body, this.clock.now()),
        },
        body: Buffer.from(body),
        timeoutMs: patienceMs,
        maxBytes: maxAnswerBytes,
        signal: this.#leaving.signal,
      });
      if (status >= 200 && status < 300) return { status, reason: undefined, isHopeless: false };
      // A redirect is no yes: what was signed for one address is for no other.
      return { status, reason: `It answered with the status ${status}.`, isHopeless: status === gone };
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      return { status: null, reason: message || String(code), isHopeless: code === 'egress.blocked' };
    }
  }
}
