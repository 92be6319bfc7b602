import type { FileRef } from '@wfaib/sdk/items';
import type { CallFileStore } from './connector-call.types.js';

interface Part {
  bytes: Uint8Array;
  stored(): void;
  failed(error: Error): void;
}

/** A file that comes part by part. A part is taken when the one before it is stored, so nothing piles up. */
export class FileIntake {
  readonly #file: Promise<FileRef>;
  #part: Part | undefined;
  #isOver = false;
  #failure: Error | undefined;
  #wake: () => void = () => undefined;

  constructor(store: CallFileStore, meta: { name: string; mimeType: string }) {
    this.#file = store.write({ ...meta, bytes: this.#content() });
    this.#file.catch((error: Error) => this.#fail(error));
  }

  /** Settles when the part is stored. @throws what the store throws */
  append(bytes: Uint8Array): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure);
    if (this.#isOver || this.#part) return Promise.reject(new Error('A file is written one part after the other.'));
    return new Promise((stored, failed) => {
      this.#part = { bytes, stored, failed };
      this.#wake();
    });
  }

  /** All parts were there. @throws what the store throws */
  end(): Promise<FileRef> {
    this.#isOver = true;
    this.#wake();
    return this.#file;
  }

  /** The rest does not come: what was stored goes. */
  drop(): void {
    this.#fail(new Error('The file was not written to its end.'));
  }

  async *#content(): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (this.#failure) throw this.#failure;
      const part = this.#part;
      if (part) {
        yield part.bytes;
        this.#part = undefined;
        part.stored();
      } else if (this.#isOver) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#part?.failed(this.#failure);
    this.#part = undefined;
    this.#wake();
  }
}
