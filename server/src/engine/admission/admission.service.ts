import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { say } from '@wfaib/sdk/sentence';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.service.js';
import { Log } from '../../logging/logger.service.js';
import { ProcessHost } from '../host/process-host.service.js';
import { TemporalConnection } from '../temporal/temporal-connection.service.js';
import { ServerBusy } from './admission.errors.js';
import { backlogSql, readBacklog, type Backlog, type BacklogRow } from './backlog.js';

/** How often a process looks at the backlog of all, in milliseconds. */
const lookEveryMs = 1_000;
/** A caller who waits is refused while an accepted run has been waiting this long to be begun, in milliseconds. */
const patienceMs = 3_000;
/** Most runs that are kept for later; beyond, nobody is promised anything. */
export const maxBacklog = 20_000;

/**
 * Says no before an installation drowns: while it is over its limit it answers 503 with `Retry-After`, and what it
 * has accepted is done in good time. Runs that nobody waits for are kept for longer than those with a caller.
 */
@Injectable()
export class Admission implements OnApplicationBootstrap, OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #backlog: Backlog = { count: 0, oldestMs: 0 };

  constructor(
    private readonly processHost: ProcessHost,
    private readonly temporal: TemporalConnection,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.look(), lookEveryMs).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /**
   * Asked before anything of a new run is done.
   * @param callerWaits whether somebody waits for the answer of the run
   * @throws ServerBusy
   */
  check(callerWaits: boolean): void {
    if (this.#backlog.count > maxBacklog)
      throw new ServerBusy(say`More than ${{ maxBacklog }} runs are waiting to be begun.`, 30_000);
    if (!callerWaits) return;
    if (this.processHost.isFull) throw new ServerBusy(say`This server carries as many runs as it can.`, 1_000);
    if (this.#backlog.oldestMs > patienceMs && this.#isTemporalThere)
      throw new ServerBusy(say`Runs wait to be begun for longer than a caller would.`, 2_000);
  }

  /** Looks at the backlog of the whole installation. */
  async look(): Promise<void> {
    try {
      const [row] = await this.database.query<BacklogRow>(backlogSql, [maxBacklog + 1]);
      this.#backlog = readBacklog(row, this.clock.now());
    } catch (error) {
      this.log.debug({ error }, 'The backlog could not be read; it is read again soon');
    }
  }

  /** While Temporal is away, what is accepted is kept for it: that is no overload. */
  get #isTemporalThere(): boolean {
    return !this.temporal.isConfigured || this.temporal.link !== undefined;
  }
}
