import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../clock/clock.service.js';
import { Log } from '../logging/logger.service.js';
import { Database } from './database.service.js';
import { createPartition, monthsFrom, partitionedTables } from './run-partitions.js';

const everyMs = 12 * 3_600_000;
/** Months that are there ahead of time, the current one included. */
const monthsAhead = 3;

/** Makes the partitions of coming months before the first run of the month. */
@Injectable()
export class PartitionKeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.keep(), everyMs).unref();
    void this.keep();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  async keep(): Promise<void> {
    try {
      for (const month of monthsFrom(new Date(this.clock.now()), monthsAhead)) {
        const missing = await this.#missing(month.suffix);
        for (const table of missing) await this.database.query(createPartition(table, month));
      }
    } catch (error) {
      this.log.warn({ error }, 'The partitions of coming months could not be made; they are tried again');
    }
  }

  async #missing(suffix: string): Promise<(typeof partitionedTables)[number][]> {
    const names = partitionedTables.map((table) => `${table}_${suffix}`);
    const rows = await this.database.query<{ name: string }>(
      'SELECT relname AS name FROM pg_class WHERE relname = ANY($1)',
      [names],
    );
    const there = new Set(rows.map(({ name }) => name));
    return partitionedTables.filter((table) => !there.has(`${table}_${suffix}`));
  }
}
