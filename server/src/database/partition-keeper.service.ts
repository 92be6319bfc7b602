import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../clock/clock.service.js';
import { Log } from '../logging/logger.service.js';
import { Database } from './database.service.js';
import {
  createPartition,
  missingPeriods,
  partitionedTables,
  partitionsQuery,
  toPartition,
  weeksFrom,
  type RunPartition,
} from './run-partitions.js';

const everyMs = 12 * 3_600_000;
/** Weeks that are there ahead of time, the current one included. */
const weeksAhead = 4;

/** Makes the partitions of coming weeks before the first run of the week. */
@Injectable()
export class PartitionKeeper implements OnModuleInit, OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Before anything runs: a server that was away for long has no partition for this week. */
  async onModuleInit(): Promise<void> {
    this.#timer = setInterval(() => void this.keep(), everyMs).unref();
    await this.keep();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  async keep(): Promise<void> {
    try {
      const there = await this.list();
      const weeks = weeksFrom(new Date(this.clock.now()), weeksAhead);
      for (const table of partitionedTables) {
        const held = there.filter((partition) => partition.table === table);
        for (const period of missingPeriods(weeks, held)) await this.database.query(createPartition(table, period));
      }
    } catch (error) {
      this.log.warn({ error }, 'The partitions of coming weeks could not be made; they are tried again');
    }
  }

  /** All partitions with bounds. */
  async list(): Promise<RunPartition[]> {
    return (await this.database.query<Parameters<typeof toPartition>[0]>(partitionsQuery)).map(toPartition);
  }
}
