import { createHash, randomUUID } from 'node:crypto';
import type { FileTools } from '../connector.js';
import type { FileRef } from '../items.js';

/** A data store in memory: what actions write can be read back. */
export class MemoryFiles implements FileTools {
  private readonly contents = new Map<string, Uint8Array>();

  async read(file: FileRef): Promise<Uint8Array> {
    const bytes = this.contents.get(file.id);
    if (!bytes) throw new Error(`There is no file "${file.name}" (${file.id}).`);
    return bytes;
  }

  async write(file: { name: string; mimeType: string; bytes: Uint8Array }): Promise<FileRef> {
    const id = randomUUID();
    this.contents.set(id, file.bytes);
    return {
      id,
      name: file.name,
      mimeType: file.mimeType,
      size: file.bytes.length,
      sha256: createHash('sha256').update(file.bytes).digest('hex'),
    };
  }
}
