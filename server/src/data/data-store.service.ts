import { join } from 'node:path';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ids } from '../clock/ids.service.js';
import { Settings } from '../config/config.service.js';
import { Database } from '../database/database.service.js';
import { HealthChecks } from '../lifecycle/health-checks.service.js';
import type { BlobPlace, DataDriver, DataDriverName } from './data-driver.types.js';
import { DataGone } from './data.errors.js';
import { DiskDriver } from './disk-driver.js';
import { PostgresDriver } from './postgres-driver.js';

/** A blob that is being written. Its row is there before its first byte, so that a sweep finds what was left behind. */
export interface BlobWriter {
  readonly id: string;
  /** Bytes appended so far. */
  readonly size: number;
  append(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
  /** Takes back what was written. */
  discard(): Promise<void>;
}

/** Keeps bytes of runs that are too large for a row: with the driver of the settings, found with the one they were given to. */
@Injectable()
export class DataStore implements OnModuleInit {
  readonly #drivers: Record<DataDriverName, DataDriver>;
  readonly #disk: DiskDriver;

  constructor(
    private readonly database: Database,
    private readonly ids: Ids,
    private readonly settings: Settings,
    private readonly health: HealthChecks,
  ) {
    this.#disk = new DiskDriver(settings.dataFolder ?? join(settings.dataDir, 'data'));
    this.#drivers = { postgres: new PostgresDriver(database), disk: this.#disk };
  }

  async onModuleInit(): Promise<void> {
    this.health.register('data', () => this.#driver.check());
    if (this.settings.dataDriver === 'disk') await this.#prepareDisk();
  }

  async create(runId: string): Promise<BlobWriter> {
    const place: BlobPlace = { runId, id: this.ids.newId() };
    const driver = this.#driver;
    await this.database.query('INSERT INTO run_blob (run_id, id, store) VALUES ($1, $2, $3)', [
      runId,
      place.id,
      driver.name,
    ]);
    const sink = await driver.create(place);
    let size = 0;
    return {
      id: place.id,
      get size() {
        return size;
      },
      append: async (bytes) => {
        await sink.append(bytes);
        size += bytes.length;
      },
      close: async () => {
        await sink.close();
        await this.database.query('UPDATE run_blob SET size = $3 WHERE run_id = $1 AND id = $2', [
          runId,
          place.id,
          size,
        ]);
      },
      discard: async () => {
        await sink.close().catch(() => undefined);
        await this.remove(place);
      },
    };
  }

  /** Bytes of a blob that was written to its end, or a part of them. @throws DataGone */
  async *read(place: BlobPlace, from = 0, to?: number): AsyncGenerator<Uint8Array, void, undefined> {
    const [blob] = await this.database.query<{ store: DataDriverName; size: number | null }>(
      'SELECT store, size::float8 AS size FROM run_blob WHERE run_id = $1 AND id = $2',
      [place.runId, place.id],
    );
    if (blob === undefined) throw new DataGone(place.runId);
    const end = to ?? blob.size ?? 0;
    let left = end - from;
    for await (const bytes of this.#drivers[blob.store].read(place, from, end)) {
      left -= bytes.length;
      yield bytes;
    }
    if (left > 0) throw new DataGone(place.runId);
  }

  async remove(place: BlobPlace): Promise<void> {
    const [blob] = await this.database.query<{ store: DataDriverName }>(
      'SELECT store FROM run_blob WHERE run_id = $1 AND id = $2',
      [place.runId, place.id],
    );
    if (blob === undefined) return;
    await this.#drivers[blob.store].remove(place);
    await this.database.query('DELETE FROM run_blob WHERE run_id = $1 AND id = $2', [place.runId, place.id]);
  }

  /** Removes everything these runs put here. */
  async removeRuns(runIds: readonly string[]): Promise<void> {
    const rows = await this.database.query<{ store: DataDriverName; runs: string[] }>(
      'SELECT store, array_agg(DISTINCT run_id::text) AS runs FROM run_blob WHERE run_id = ANY($1) GROUP BY store',
      [runIds],
    );
    for (const { store, runs } of rows) await this.#drivers[store].removeRuns(runs);
    await this.database.query('DELETE FROM run_blob WHERE run_id = ANY($1)', [runIds]);
  }

  get #driver(): DataDriver {
    return this.#drivers[this.settings.dataDriver];
  }

  /** Whoever comes first makes the folder; afterwards one without its mark is one that is not mounted. */
  async #prepareDisk(): Promise<void> {
    const made = await this.database.query(
      `INSERT INTO engine_fact (name, value) VALUES ('data.folder', 'made') ON CONFLICT DO NOTHING RETURNING name`,
    );
    try {
      await this.#disk.prepare(made.length > 0);
    } catch (error) {
      // The server starts and its health says so; steps that need the folder are tried again.
      if (made.length > 0) await this.database.query(`DELETE FROM engine_fact WHERE name = 'data.folder'`);
      if ((error as { code?: string }).code !== 'data.unavailable') throw error;
    }
  }
}
