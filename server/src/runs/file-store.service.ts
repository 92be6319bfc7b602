import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FileRef } from '@wfaib/sdk/items';
import { Ids } from '../clock/ids.service.js';
import { Database } from '../database/database.service.js';
import { FileNotFound } from './runs.errors.js';

/** A file with its content. */
export interface StoredFile extends FileRef {
  body: Buffer;
}

/** Keeps the files of runs. They go when the data of their run goes. */
@Injectable()
export class FileStore {
  constructor(
    private readonly database: Database,
    private readonly ids: Ids,
  ) {}

  /** Stores a file of a run, which need not be there yet. Name and type are made harmless, the bytes are kept as they are. */
  async put(runId: string, meta: { name: string; mimeType: string }, body: Buffer): Promise<FileRef> {
    const file: FileRef = {
      id: this.ids.newId(),
      name: harmlessName(meta.name),
      mimeType: harmlessType(meta.mimeType),
      size: body.length,
      sha256: createHash('sha256').update(body).digest('hex'),
    };
    await this.database.query(
      `INSERT INTO run_file (run_id, id, name, mime_type, size, sha256, body) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [runId, file.id, file.name, file.mimeType, file.size, file.sha256, body],
    );
    return file;
  }

  /**
   * A file that a run may use: its own, one of the run it is a retry of, or one of its parent or children.
   * @throws FileNotFound
   */
  async get(runId: string, fileId: string): Promise<StoredFile> {
    const [file] = await this.database.query<StoredFile>(
      `SELECT f.id, f.name, f.mime_type AS "mimeType", f.size, f.sha256, f.body
       FROM run_file f
       WHERE f.id = $2 AND (f.run_id = $1 OR f.run_id IN (
         SELECT other.id FROM run own JOIN run other ON other.root_run_id = own.root_run_id AND other.project_id = own.project_id
         WHERE own.id = $1))
       LIMIT 1`,
      [runId, fileId],
    );
    if (file === undefined) throw new FileNotFound(runId, fileId);
    return file;
  }
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
