import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { CommandFailed } from '../cli.errors.js';
import { canonicalText, type RawDocument } from './canonical-text.js';
import { readJson, writeWhole } from './document-file.js';

const entry = z.object({
  /** Id of the workflow on the server. */
  workflow: z.string(),
  /** Revision of the draft that the file was last the same as. */
  revision: z.number().int(),
  /** Hash of the document then: tells whether the file was changed since. */
  hash: z.string(),
});
const syncFile = z.object({ servers: z.record(z.string(), z.record(z.string(), entry)) });
type SyncFile = z.infer<typeof syncFile>;
export type SyncEntry = z.infer<typeof entry>;

const fileName = '.wfaib.json';

/**
 * What pull and push remember of the files of a folder, in `.wfaib.json` beside them: which workflow of which server a
 * file is, and which revision it was last the same as. Without it a push could not tell what somebody else did meanwhile.
 */
export class SyncState {
  private constructor(
    private readonly path: string,
    private readonly server: string,
    private readonly content: SyncFile,
  ) {}

  /** @throws CommandFailed where the file is there and cannot be read */
  static of(folder: string, url: string): SyncState {
    const path = join(folder, fileName);
    if (!existsSync(path)) return new SyncState(path, originOf(url), { servers: {} });
    const read = syncFile.safeParse(readJson(path));
    if (read.success) return new SyncState(path, originOf(url), read.data);
    throw new CommandFailed(
      'cli.fileBroken',
      `${path} is not what pull and push left there. Delete it and pull again.`,
    );
  }

  static ofFile(file: string, url: string): SyncState {
    return SyncState.of(dirname(file), url);
  }

  find(file: string): SyncEntry | undefined {
    return this.content.servers[this.server]?.[basename(file)];
  }

  /** Name of the file that a workflow was pulled to. */
  fileOf(workflowId: string): string | undefined {
    const files = Object.entries(this.content.servers[this.server] ?? {});
    return files.find(([, { workflow }]) => workflow === workflowId)?.[0];
  }

  /** The file is now the same as this revision of the draft. */
  keep(file: string, workflow: string, revision: number, document: RawDocument): void {
    const files = {
      ...this.content.servers[this.server],
      [basename(file)]: { workflow, revision, hash: hashOf(document) },
    };
    this.content.servers[this.server] = sorted(files);
    writeWhole(this.path, `${JSON.stringify({ servers: sorted(this.content.servers) }, undefined, 2)}\n`);
  }
}

export function hashOf(document: RawDocument): string {
  return createHash('sha256').update(canonicalText(document)).digest('hex').slice(0, 16);
}

function originOf(url: string): string {
  return new URL(url).href.replace(/\/$/, '');
}

function sorted<Value>(record: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
}
