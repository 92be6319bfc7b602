import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { say, wordsOf } from '@wfaib/sdk/sentence';
import { Settings } from '../../config/config.service.js';
import { Database } from '../../database/database.service.js';
import { HealthChecks, inWords } from '../../lifecycle/health-checks.service.js';
import { Log } from '../../logging/logger.service.js';
import { noteTakeovers } from '../engine-metrics.js';
import { HostRegistry } from '../host/host-registry.js';
import { Ownership, type Owned } from '../host/ownership.service.js';
import { inParallel } from './in-parallel.js';
import { openOnTemporal, QuietRuns } from './quiet-runs.service.js';
import { TemporalConnection } from './temporal-connection.service.js';
import type { TemporalLink } from './temporal-presence.js';
import { TemporalHost } from './temporal-host.js';

const everyMs = 15_000;
/** Runs looked at in one round. */
const roundSize = 200;
/** What a person reads, in the log and in `/health/ready`, while runs are held. */
const heldNotice = say`Temporal is not the one that carried the open runs. If its database is lost for good, start WFAIB once with WFAIB_TEMPORAL_RESET=accept: all open runs go on on this Temporal. Else connect it to the one it had.`;

/**
 * Sees to it that Temporal has every run that is its to carry: after it lost its database, after somebody ended a Temporal
 * workflow by hand, after it was away while runs were committed. What a run is, is in the journal, so it just goes on. Runs
 * that it has and that get nowhere are woken, begun again, or paused for a person.
 */
@Injectable()
export class TemporalReconciler implements OnApplicationBootstrap, OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();

  constructor(
    private readonly connection: TemporalConnection,
    private readonly host: TemporalHost,
    private readonly ownership: Ownership,
    private readonly quietRuns: QuietRuns,
    private readonly database: Database,
    private readonly settings: Settings,
    private readonly log: Log,
    private readonly health: HealthChecks,
    registry: HostRegistry,
  ) {
    registry.register(host);
    connection.onConnected((link) => this.#meet(link));
  }

  onApplicationBootstrap(): void {
    if (!this.connection.isConfigured) return;
    this.health.register('held runs', () =>
      this.host.isHeld ? { ok: true, degraded: true, ...inWords(heldNotice) } : { ok: true },
    );
    this.#timer = setInterval(() => void this.round(), everyMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#round;
  }

  /** One round; rounds never overlap. */
  round(): Promise<void> {
    this.#round = this.#round
      .then(() => this.#repair())
      .catch((error: unknown) =>
        this.log.warn({ error }, 'Temporal could not be asked after runs; it is asked again soon'),
      );
    return this.#round;
  }

  /** Another namespace id means that Temporal is not the one that had the runs: it was made anew, or restored. */
  async #meet({ namespaceId }: TemporalLink): Promise<void> {
    const known = await this.#knownNamespace();
    const isNew = known !== undefined && known !== namespaceId;
    this.host.isHeld = isNew && this.settings.temporalReset !== 'accept' && (await this.#openRuns()) > 0;
    if (this.host.isHeld) {
      this.log.error({ known, namespaceId }, wordsOf(heldNotice));
      return;
    }
    await this.#remember(namespaceId);
    if (isNew) await this.#beginAllAgain();
    await this.#startPending();
    await this.#wakeForNews();
    void this.round();
  }

  async #beginAllAgain(): Promise<void> {
    const rows = await this.database.query<{ id: string }>(`SELECT id FROM run WHERE ${openOnTemporal} ORDER BY id`);
    this.log.warn({ count: rows.length }, 'Temporal was made anew; the runs it carried begin again on it');
    for (let from = 0; from < rows.length; from += roundSize)
      await this.#begin(rows.slice(from, from + roundSize).map(({ id }) => id));
  }

  async #startPending(): Promise<void> {
    const rows = await this.database.query<{ id: string; epoch: number }>(
      `SELECT id, epoch FROM run WHERE ${openOnTemporal} AND status = 'pending' ORDER BY id`,
    );
    await inParallel(rows, ({ id, epoch }) => this.host.start(id, epoch));
  }

  /** What the outside asked of runs while Temporal was away. */
  async #wakeForNews(): Promise<void> {
    const rows = await this.database.query<{ id: string; epoch: number }>(
      `SELECT id, epoch FROM run WHERE host = 'temporal' AND ended_at IS NULL
         AND EXISTS (SELECT 1 FROM run_inbox i WHERE i.run_id = run.id AND i.consumed_at IS NULL)`,
    );
    await inParallel(rows, ({ id, epoch }) => this.host.wake(id, epoch));
  }

  async #repair(): Promise<void> {
    if (!this.connection.link || this.host.isHeld) return;
    const { lost, foreign } = await this.quietRuns.lookAfter(roundSize);
    if (lost.length > 0) await this.#begin(lost);
    if (foreign.length > 0) await this.#start(await this.ownership.beginAnew(foreign, 'temporal'));
  }

  async #begin(runIds: string[]): Promise<void> {
    await this.#start(await this.ownership.beginAgain(runIds, 'temporal'));
  }

  async #start(runs: Owned[]): Promise<void> {
    noteTakeovers('temporal', runs.length);
    await inParallel(runs, async ({ runId, epoch }) => {
      await this.host.start(runId, epoch);
      await this.host.release(runId, epoch - 1);
    });
  }

  async #openRuns(): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM run WHERE ${openOnTemporal}`,
    );
    return row!.count;
  }

  async #knownNamespace(): Promise<string | undefined> {
    const [row] = await this.database.query<{ value: string }>(
      `SELECT value FROM engine_fact WHERE name = 'temporal.namespace'`,
    );
    return row?.value;
  }

  async #remember(namespaceId: string): Promise<void> {
    await this.database.query(
      `INSERT INTO engine_fact (name, value) VALUES ('temporal.namespace', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      [namespaceId],
    );
  }
}
