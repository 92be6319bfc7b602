import { createHash, randomUUID } from 'node:crypto';
import type { ByteSource } from '../connector-http.types.js';
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

  open(file: FileRef): ByteSource {
    const read = () => this.read(file);
    return {
      size: file.size,
      async *open() {
        yield await read();
      },
    };
  }

  async write(file: Parameters<FileTools['write']>[0]): Promise<FileRef> {
    const id = randomUUID();
    const bytes = file.bytes instanceof Uint8Array ? file.bytes : await gathered(file.bytes);
    this.contents.set(id, bytes);
    return {
      id,
      name: file.name,
      mimeType: file.mimeType,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    };
  }
}

async function gathered(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}
