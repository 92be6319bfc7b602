import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../clock/clock.service.js';
import { Ids } from '../../clock/ids.service.js';
import { Settings } from '../../config/config.service.js';
import { Database } from '../../database/database.service.js';
import { EventBus } from '../../events/event-bus.service.js';
import { isAlive, pidSpace } from './pid-space.js';
import { Log } from '../../logging/logger.service.js';

/** How long a lease lasts on the clock of the database, and how often it is renewed; milliseconds. */
export const leaseMs = 10_000;
const renewEveryMs = 2_500;
/** Effects stop this long before the lease ends, so that one that has begun is not met by a takeover at once. */
const marginMs = 2_000;

/** Channel on which a process says that it has left: what it did not finish is free. */
export const processGoneChannel = 'process.gone';

/**
 * Says that this process is alive. Runs it owns are taken over when the lease ends, so it counts its own time from
 * before each renewal, monotonic: a process that was frozen finds itself out before it touches anything.
 */
@Injectable()
export class ProcessLease implements OnApplicationBootstrap, OnApplicationShutdown {
  #id: string;
  #safeUntil = -Infinity;
  #timer: NodeJS.Timeout | undefined;
  #lost: (() => void)[] = [];
  #registered: Promise<void> | undefined;
  readonly #space = pidSpace();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    ids: Ids,
    private readonly settings: Settings,
    private readonly events: EventBus,
    private readonly log: Log,
  ) {
    this.#id = ids.newId();
    this.newId = () => ids.newId();
  }

  private readonly newId: () => string;

  /** Id of the lease; another one after a lease was lost. */
  get processId(): string {
    return this.#id;
  }

  /** Whether effects may be begun: the lease is ours and lasts a while. */
  get isSafe(): boolean {
    return this.clock.monotonic() < this.#safeUntil;
  }

  /** Called when the lease was lost: all runs of this process have, or will have, another owner. */
  onLost(listener: () => void): void {
    this.#lost.push(listener);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.ensure();
  }

  /** Takes the lease, once. */
  ensure(): Promise<void> {
    this.#registered ??= this.#register().then(() => {
      this.#timer = setInterval(() => void this.renew(), renewEveryMs);
      this.#timer.unref();
    });
    return this.#registered;
  }

  /** Ends the lease at once and says so, after the hosts are done: others take over what is left without waiting. */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    this.#safeUntil = -Infinity;
    await this.database.query('DELETE FROM process WHERE id = $1', [this.#id]).catch(() => undefined);
    this.events.publish(processGoneChannel, { processId: this.#id });
  }

  /** Ends the leases of processes of this machine that are not there any more: nobody needs to wait for their end. */
  async endLeasesOfTheDead(): Promise<void> {
    if (this.#space === undefined) return;
    const rows = await this.database.query<{ id: string; pid: number }>(
      'SELECT id, pid FROM process WHERE host = $1 AND lease_until > clock_timestamp()',
      [this.#space],
    );
    const dead = rows.filter(({ pid }) => !isAlive(pid)).map(({ id }) => id);
    if (dead.length === 0) return;
    await this.database.query('UPDATE process SET lease_until = clock_timestamp() WHERE id = ANY($1)', [dead]);
  }

  /** Prolongs the lease; takes a new one where it had ended. */
  async renew(): Promise<void> {
    const asked = this.clock.monotonic();
    try {
      const rows = await this.database.query(
        `UPDATE process SET lease_until = clock_timestamp() + $2 * interval '1 millisecond'
         WHERE id = $1 AND lease_until > clock_timestamp() RETURNING id`,
        [this.#id, leaseMs],
      );
      if (rows.length > 0) this.#safeUntil = asked + leaseMs - marginMs;
      else await this.#startAgain();
    } catch (error) {
      this.log.warn({ error }, 'The lease of this process could not be renewed');
    }
  }

  async #startAgain(): Promise<void> {
    this.log.warn({ processId: this.#id }, 'The lease of this process had ended: its runs go to others');
    this.#safeUntil = -Infinity;
    this.#id = this.newId();
    for (const listener of this.#lost) listener();
    await this.#register();
  }

  async #register(): Promise<void> {
    const asked = this.clock.monotonic();
    await this.database.query(
      `INSERT INTO process (id, role, host, pid, lease_until)
       VALUES ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 millisecond')`,
      [this.#id, this.settings.role, this.#space ?? '', process.pid, leaseMs],
    );
    this.#safeUntil = asked + leaseMs - marginMs;
  }
}
