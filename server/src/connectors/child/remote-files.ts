import type { FileTools } from '@wfaib/sdk/connector';
import type { ByteSource } from '@wfaib/sdk/connector-http.types';
import { ConnectorError } from '@wfaib/sdk/errors';
import type { FileRef } from '@wfaib/sdk/items';
import type { Answer, ChildQuestion } from './child-protocol.types.js';
import { filePartBytes } from './frames.js';

/** Most that is read into memory at once, in bytes. */
const maxWholeBytes = 64 * 1024 * 1024;

type Ask = (question: ChildQuestion, bytes?: Uint8Array) => Promise<Answer>;

/** Files of the data store, which is with the server: they come and go part by part. */
export class RemoteFiles implements FileTools {
  constructor(private readonly ask: Ask) {}

  async read(file: FileRef): Promise<Uint8Array> {
    if (file.size > maxWholeBytes) {
      const message = `The file "${file.name}" has ${file.size} bytes: more than a connector may hold at once (${maxWholeBytes}).`;
      throw new ConnectorError(message, { code: 'file.tooLarge', retryable: false });
    }
    const parts: Uint8Array[] = [];
    for await (const part of this.#parts(file)) parts.push(part);
    return Buffer.concat(parts);
  }

  open(file: FileRef): ByteSource {
    return { size: file.size, open: () => this.#parts(file) };
  }

  async write({ name, mimeType, bytes }: Parameters<FileTools['write']>[0]): Promise<FileRef> {
    const handle = (await this.ask({ kind: 'beginFile', name, mimeType })).value as number;
    try {
      // One part is on its way while the next one is waited for.
      let stored: Promise<unknown> = Promise.resolve();
      for await (const part of partsOf(bytes)) {
        await stored;
        stored = this.ask({ kind: 'appendFile', handle }, part);
        stored.catch(() => undefined);
      }
      await stored;
      return (await this.ask({ kind: 'endFile', handle })).value as FileRef;
    } catch (error) {
      await this.ask({ kind: 'dropFile', handle }).catch(() => undefined);
      throw error;
    }
  }

  /** The next part is fetched while one is used. */
  async *#parts(file: FileRef): AsyncGenerator<Uint8Array> {
    const fetch = (from: number) => {
      const part = from < file.size ? this.ask({ kind: 'readFile', file, from }) : undefined;
      part?.catch(() => undefined);
      return part;
    };
    let next = fetch(0);
    for (let at = 0; next !== undefined;) {
      const { bytes = new Uint8Array() } = await next;
      if (bytes.length === 0) throw new Error(`The file "${file.name}" ended after ${at} of ${file.size} bytes.`);
      at += bytes.length;
      next = fetch(at);
      yield bytes;
    }
  }
}

/** Bytes in parts that fit into a message; small ones are put together. */
async function* partsOf(bytes: Uint8Array | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
    for (let from = 0; from < chunk.length; from += filePartBytes) {
      const piece = chunk.subarray(from, from + filePartBytes);
      waiting.push(piece);
      length += piece.length;
      if (length < filePartBytes) continue;
      yield waiting.length === 1 ? piece : Buffer.concat(waiting);
      waiting = [];
      length = 0;
    }
  }
  if (length > 0) yield Buffer.concat(waiting);
}
