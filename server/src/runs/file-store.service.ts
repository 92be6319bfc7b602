import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FileRef } from '@wfaib/sdk/items';
import { Ids } from '../clock/ids.service.js';
import { Settings } from '../config/config.service.js';
import { inParts } from '../data/byte-parts.service.js';
import { DataStore, type BlobWriter } from '../data/data-store.service.js';
import { Database } from '../database/database.service.js';
import { FileNotFound, FileTooLarge } from './runs.errors.js';

/** A file and the way to its content. */
export interface StoredFile {
  file: FileRef;
  /** The content, or the bytes from `from` up to, not including, `to`. It is never in memory as a whole. */
  bytes(from?: number, to?: number): AsyncIterable<Uint8Array>;
}

type Meta = { name: string; mimeType: string };

/** Smaller files are kept in their row, whatever the store: one statement instead of four. In bytes. */
const rowBytes = 256 * 1024;

/** Keeps the files of runs. They go when their run is deleted. */
@Injectable()
export class FileStore {
  constructor(
    private readonly database: Database,
    private readonly ids: Ids,
    private readonly store: DataStore,
    private readonly settings: Settings,
  ) {}

  /**
   * Stores a file of a run, which need not be there yet. Name and type are made harmless, the bytes are kept as they are;
   * they may come as a stream, which is read as fast as the store takes it.
   * @throws FileTooLarge, DataStoreFull, DataStoreUnavailable
   */
  async put(runId: string, meta: Meta, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<FileRef> {
    const hash = createHash('sha256');
    let size = 0;
    let only: Uint8Array | undefined;
    let blob: BlobWriter | undefined;
    try {
      for await (const part of inParts(content, rowBytes)) {
        size += part.length;
        if (size > this.settings.fileLimitBytes) throw new FileTooLarge(meta.name, this.settings.fileLimitBytes);
        hash.update(part);
        if (size <= rowBytes) only = part;
        else await (blob ??= await this.store.create(runId)).append(part);
      }
      await blob?.close();
    } catch (error) {
      await blob?.discard().catch(() => undefined);
      throw error;
    }
    const made = { id: blob?.id ?? this.ids.newId(), size, sha256: hash.digest('hex') };
    return this.#insert(runId, meta, made, blob ? null : (only ?? Buffer.alloc(0)));
  }

  /**
   * A file that a run may use: its own, one of the run it is a retry of, or one of its parent or children.
   * @throws FileNotFound
   */
  async get(runId: string, fileId: string): Promise<StoredFile> {
    const [row] = await this.database.query<FileRef & { runId: string; body: Buffer | null }>(
      `SELECT f.id, f.name, f.mime_type AS "mimeType", f.size::float8 AS size, f.sha256, f.body, f.run_id AS "runId"
       FROM run_file f
       WHERE f.id = $2 AND (f.run_id = $1 OR f.run_id IN (
         SELECT other.id FROM run own JOIN run other ON other.root_run_id = own.root_run_id AND other.project_id = own.project_id
         WHERE own.id = $1))
       LIMIT 1`,
      [runId, fileId],
    );
    if (row === undefined) throw new FileNotFound(runId, fileId);
    const { body, runId: owner, ...file } = row;
    const place = { runId: owner, id: file.id };
    return { file, bytes: (from, to) => (body === null ? this.store.read(place, from, to) : once(body, from, to)) };
  }

  async #insert(
    runId: string,
    meta: Meta,
    { id, size, sha256 }: Pick<FileRef, 'id' | 'size' | 'sha256'>,
    body: Uint8Array | null,
  ): Promise<FileRef> {
    const file: FileRef = { id, name: harmlessName(meta.name), mimeType: harmlessType(meta.mimeType), size, sha256 };
    await this.database.query(
      `INSERT INTO run_file (run_id, id, name, mime_type, size, sha256, body) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [runId, id, file.name, file.mimeType, size, sha256, body],
    );
    return file;
  }
}

// oxlint-disable-next-line typescript/require-await -- what is in the row is read as what is in the store
async function* once(body: Buffer, from = 0, to = body.length): AsyncGenerator<Uint8Array> {
  yield body.subarray(from, to);
}

/** The last part of a path, without what a terminal or a file system would act upon. */
function harmlessName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  const shown = last.replaceAll(/[\u0000-\u001f\u007f]/g, '').slice(0, 255);
  return shown === '' || shown === '.' || shown === '..' ? 'file' : shown;
}

function harmlessType(mimeType: string): string {
  const type = mimeType.split(';', 1)[0]!.trim().toLowerCase();
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type) ? type : 'application/octet-stream';
}
