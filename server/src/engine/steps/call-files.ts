import type { FileRef } from '@wfaib/sdk/items';
import type { CallFileStore } from '../../connectors/connector-call.types.js';
import type { FileStore, StoredFile } from '../../runs/file-store.service.js';
import { isDatabaseAway } from '../journal/database-failure.js';

/** Files of the run, as one call of a connector may use them. */
export class CallFiles implements CallFileStore {
  readonly #found = new Map<string, Promise<StoredFile>>();
  #away: unknown;

  constructor(
    private readonly runId: string,
    private readonly files: FileStore,
  ) {}

  /**
   * Throws what the database said where it was away from the call. The child heard of it too, and what it then answers tells
   * nothing of the item.
   */
  throwIfAway(): void {
    if (this.#away !== undefined) throw this.#away;
  }

  read({ id }: FileRef, from: number, to: number): Promise<Uint8Array> {
    return this.#noting(async () => {
      const parts: Uint8Array[] = [];
      for await (const part of (await this.#find(id)).bytes(from, to)) parts.push(part);
      return Buffer.concat(parts);
    });
  }

  write({ name, mimeType, bytes }: Parameters<CallFileStore['write']>[0]): Promise<FileRef> {
    return this.#noting(() => this.files.put(this.runId, { name, mimeType }, bytes));
  }

  #find(id: string): Promise<StoredFile> {
    const file = this.#found.get(id) ?? this.files.get(this.runId, id);
    this.#found.set(id, file);
    return file;
  }

  async #noting<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (isDatabaseAway(error)) this.#away = error;
      throw error;
    }
  }
}
