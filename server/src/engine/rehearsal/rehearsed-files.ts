import { createHash } from 'node:crypto';
import type { FileRef } from '@wfaib/sdk/items';
import { StepFailure, type NodeFiles } from '../../nodes/core-node.types.js';

/** The files of a run that lives in memory alone. Their ids are numbers, so that two rehearsals are the same. */
export class RehearsedFiles implements NodeFiles {
  readonly #contents = new Map<string, Uint8Array>();

  async *read({ id, name }: FileRef): AsyncGenerator<Uint8Array, void, undefined> {
    const content = this.#contents.get(id);
    if (content === undefined) throw fileUnknown(name);
    yield content;
  }

  async write(meta: Pick<FileRef, 'name' | 'mimeType'>, content: AsyncIterable<Uint8Array>): Promise<FileRef> {
    const parts: Uint8Array[] = [];
    for await (const part of content) parts.push(part);
    const bytes = Buffer.concat(parts);
    const id = `file-${this.#contents.size + 1}`;
    this.#contents.set(id, bytes);
    return { id, ...meta, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  }
}

function fileUnknown(name: string): StepFailure {
  return new StepFailure({
    code: 'file.missing',
    message: `No step of this rehearsal wrote "${name}". Say what the step that reads it makes.`,
    retryable: false,
  });
}
