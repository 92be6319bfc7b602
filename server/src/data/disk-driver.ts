import { createReadStream } from 'node:fs';
import { access, constants, mkdir, open, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from '@wfaib/sdk/sentence';
import { inWords, type CheckResult } from '../lifecycle/health-checks.service.js';
import type { BlobPlace, BlobSink, DataDriver } from './data-driver.types.js';
import { DataGone, DataStoreFull, DataStoreUnavailable } from './data.errors.js';

/** Says that a folder belongs to WFAIB: an empty mount point has no such file. */
const markFile = 'wfaib-data';
/** Less room than this is told as degraded, in bytes. */
const littleRoom = 1024 ** 3;
const readBytes = 1024 * 1024;

/**
 * Keeps bytes as files `<folder>/<month>/<run>/<blob>`; the month is the one in the id of the run, so that old months go
 * with one removal. Several servers need the same folder, on a shared disk.
 */
export class DiskDriver implements DataDriver {
  readonly name = 'disk';

  constructor(private readonly folder: string) {}

  /** Makes the folder ready, once: a mark that is missing later tells of a disk that is not mounted. */
  async prepare(isFirst: boolean): Promise<void> {
    await this.#guarded(async () => {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      if (isFirst) await writeFile(join(this.folder, markFile), 'Files and items of runs. Kept by WFAIB.\n');
    });
  }

  create(place: BlobPlace): Promise<BlobSink> {
    return this.#guarded(async () => {
      await this.#requireMark();
      await mkdir(this.#folderOf(place.runId), { recursive: true, mode: 0o700 });
      const file = await open(this.#pathOf(place), 'wx', 0o600);
      return {
        append: (bytes) => this.#guarded(() => file.writeFile(bytes)),
        close: () =>
          this.#guarded(async () => {
            try {
              await file.sync();
            } finally {
              await file.close();
            }
          }),
      };
    });
  }

  async *read(place: BlobPlace, from: number, to: number): AsyncIterable<Uint8Array> {
    if (to <= from) return;
    const bytes = createReadStream(this.#pathOf(place), { start: from, end: to - 1, highWaterMark: readBytes });
    try {
      for await (const chunk of bytes) yield chunk as Buffer;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw this.#explained(error);
      await this.#guarded(() => this.#requireMark());
      throw new DataGone(place.runId);
    }
  }

  remove(place: BlobPlace): Promise<void> {
    return this.#guarded(() => rm(this.#pathOf(place), { force: true }));
  }

  async removeRuns(runIds: readonly string[]): Promise<void> {
    for (const id of runIds) await this.#guarded(() => rm(this.#folderOf(id), { recursive: true, force: true }));
  }

  async check(): Promise<CheckResult> {
    try {
      await this.#requireMark();
      await access(this.folder, constants.W_OK);
      const { bavail, bsize } = await statfs(this.folder);
      const free = bavail * bsize;
      const room = say`${{ megabytes: Math.floor(free / 1024 ** 2) }} MB free in ${{ folder: this.folder }}`;
      return free < littleRoom
        ? { ok: true, degraded: true, ...inWords(say`only ${{ room }}`) }
        : { ok: true, ...inWords(room) };
    } catch (error) {
      return { ok: false, detail: this.#explained(error).message };
    }
  }

  async #requireMark(): Promise<void> {
    try {
      await readFile(join(this.folder, markFile));
    } catch (cause) {
      const reason = 'it does not hold the data of this installation';
      throw new DataStoreUnavailable(this.#name, reason, { cause });
    }
  }

  async #guarded<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw this.#explained(error);
    }
  }

  #explained(error: unknown): Error {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof DataStoreUnavailable) return error;
    if (code === 'ENOSPC' || code === 'EDQUOT') return new DataStoreFull(this.#name, { cause: error });
    return new DataStoreUnavailable(this.#name, message, { cause: error });
  }

  get #name(): string {
    return `the data folder ${this.folder}`;
  }

  #folderOf(runId: string): string {
    return join(this.folder, monthOf(runId), requireId(runId));
  }

  #pathOf({ runId, id }: BlobPlace): string {
    return join(this.#folderOf(runId), requireId(id));
  }
}

/** The month a run was made in: the first 48 bits of a UUIDv7 are milliseconds since 1970. */
function monthOf(runId: string): string {
  const time = new Date(Number.parseInt(runId.replaceAll('-', '').slice(0, 12), 16));
  return Number.isNaN(time.getTime()) ? 'other' : time.toISOString().slice(0, 7);
}

/** Ids become names of files. */
function requireId(id: string): string {
  if (/^[\da-f-]{36}$/i.test(id)) return id;
  throw new RangeError('An id of the data store is no UUID.');
}
