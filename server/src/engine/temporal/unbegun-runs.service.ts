import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { say } from '@wfaib/sdk/sentence';
import { Database } from '../../database/database.service.js';
import { Log } from '../../logging/logger.service.js';
import { HostRegistry } from '../host/host-registry.js';
import { Ownership } from '../host/ownership.service.js';
import { DurabilityChoice } from '../launcher/durability-choice.js';
import { ProgramCache } from '../launcher/program-cache.js';
import { inParallel } from './in-parallel.js';
import { TemporalPresence } from './temporal-presence.js';

const everyMs = 5_000;
/** Runs looked at in one go. */
const roundSize = 200;
/** A server that has a Temporal may be about to start them, in seconds. */
const startSeconds = 5;
const noRun = '00000000-0000-0000-0000-000000000000';

interface Unbegun {
  id: string;
  epoch: number;
  seq: number;
  hash: string;
}

/**
 * Runs that were accepted for Temporal before it was found to be missing, and have not begun: those that leave the choice
 * of their engine go to the queue. Should Temporal have heard of one, the epoch fences what it does about it.
 */
@Injectable()
export class UnbegunRuns implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();

  constructor(
    private readonly presence: TemporalPresence,
    private readonly registry: HostRegistry,
    private readonly ownership: Ownership,
    private readonly durability: DurabilityChoice,
    private readonly programs: ProgramCache,
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (this.presence.isConfigured) this.#timer = setInterval(() => void this.round(), everyMs).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#round;
  }

  /** One round; rounds never overlap. */
  round(): Promise<void> {
    this.#round = this.#round
      .then(() => this.#moveAll())
      .catch((error: unknown) =>
        this.log.warn({ error }, 'Runs that wait for Temporal could not be moved to the queue'),
      );
    return this.#round;
  }

  async #moveAll(): Promise<void> {
    let rows: Unbegun[] = [];
    do {
      if (!this.presence.isMissed) return;
      rows = await this.#findAfter(rows.at(-1)?.id ?? noRun);
      await inParallel(rows, (run) => this.#move(run));
    } while (rows.length === roundSize);
  }

  #findAfter(id: string): Promise<Unbegun[]> {
    return this.database.query<Unbegun>(
      `SELECT id, epoch, last_seq AS seq, document_hash AS hash FROM run
       WHERE host = 'temporal' AND ended_at IS NULL AND status = 'pending' AND place IS DISTINCT FROM 'held' AND id > $1
         AND created_at < now() - interval '1 second' * $2
       ORDER BY id LIMIT $3`,
      [id, startSeconds, roundSize],
    );
  }

  async #move({ id, epoch, seq, hash }: Unbegun): Promise<void> {
    const { document } = await this.programs.byHash(hash);
    const host = this.durability.isLeftOpenBy(document) ? this.registry.bigger(true) : undefined;
    if (host === undefined || host.name === 'temporal') return;
    const to = { host: host.name, processId: null };
    const moved = await this.ownership.handOver(id, epoch, seq, to, say`Temporal did not answer`.text);
    if (moved) await host.start(id, moved.epoch);
  }
}
