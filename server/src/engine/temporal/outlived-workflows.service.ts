import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../../database/database.service.js';
import { Log } from '../../logging/logger.service.js';
import { inParallel } from './in-parallel.js';
import { TemporalHost } from './temporal-host.js';
import { runOf, workflowType } from './temporal-names.js';
import { TemporalPresence, type TemporalLink } from './temporal-presence.js';

const everyMs = 60_000;
/** Workflows looked up in the database in one go. */
const batchSize = 1_000;

/** A run as a Temporal workflow carries it. */
interface Carried {
  runId: string;
  epoch: number;
}

/**
 * Temporal workflows whose run has ended, or goes on under a later epoch, end by themselves at their next task. Where no
 * worker of the moment can go on with one, since another version of WFAIB wrote it, it would stay open for ever: it is ended.
 */
@Injectable()
export class OutlivedWorkflows implements OnApplicationBootstrap, OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  /** Those of the round before: they had their time to end by themselves. */
  #suspects = new Set<string>();

  constructor(
    private readonly presence: TemporalPresence,
    private readonly host: TemporalHost,
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (this.presence.isConfigured) this.#timer = setInterval(() => void this.round(), everyMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#round;
  }

  /** One round; rounds never overlap. */
  round(): Promise<void> {
    this.#round = this.#round
      .then(() => this.#endThem())
      .catch((error: unknown) =>
        this.log.warn({ error }, 'Temporal could not be asked for workflows that outlived their runs'),
      );
    return this.#round;
  }

  async #endThem(): Promise<void> {
    const { link } = this.presence;
    if (!link || this.host.isHeld) return;
    const found = await this.#outlived(link);
    const before = this.#suspects;
    this.#suspects = new Set(found.map(nameOf));
    await inParallel(
      found.filter((carried) => before.has(nameOf(carried))),
      async ({ runId, epoch }) => {
        this.log.warn({ runId, epoch }, 'A Temporal workflow outlived its run; it is ended');
        await this.host.discard(runId, epoch, 'The run needs it no more, and it did not end by itself.');
      },
    );
  }

  async #outlived({ client }: TemporalLink): Promise<Carried[]> {
    const open = client.workflow.list({
      query: `ExecutionStatus = 'Running' AND WorkflowType = '${workflowType}'`,
      pageSize: batchSize,
    });
    const outlived: Carried[] = [];
    let batch: Carried[] = [];
    for await (const { workflowId } of open) {
      const carried = runOf(workflowId);
      if (carried) batch.push(carried);
      if (batch.length < batchSize) continue;
      outlived.push(...(await this.#notNeeded(batch)));
      batch = [];
    }
    return [...outlived, ...(await this.#notNeeded(batch))];
  }

  /** Runs the database does not know are left alone: it may be an older copy of itself. */
  #notNeeded(carried: readonly Carried[]): Promise<Carried[]> {
    return this.database.query<Carried>(
      `SELECT c.id AS "runId", c.epoch FROM unnest($1::uuid[], $2::int[]) AS c (id, epoch) JOIN run r ON r.id = c.id
       WHERE r.ended_at IS NOT NULL OR r.epoch > c.epoch`,
      [carried.map(({ runId }) => runId), carried.map(({ epoch }) => epoch)],
    );
  }
}

const nameOf = ({ runId, epoch }: Carried) => `${runId}:${epoch}`;
