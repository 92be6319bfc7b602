import type { JsonObject } from '@wfaib/sdk/items';

export type Bytes = AsyncIterable<Uint8Array>;
/** Rows in groups, so that a million of them is not a million promises. */
export type Rows = AsyncIterable<JsonObject[]>;

/** A way to write rows into a file and to find them in one. */
export interface FileFormat {
  /** As people call it. */
  label: string;
  mimeType: string;
  /** Other types that senders give it. */
  alsoTypes?: readonly string[];
  /** Endings of file names without the dot; the first is given to new files. */
  extensions: readonly string[];
  /**
   * The rows of a file.
   * @param breathe lets other work go on; called every few thousand characters
   * @throws FormatError
   */
  read(content: Bytes, breathe: () => Promise<void>): Rows;
  /** Whether {@link write} has to know all fields before the first row. */
  hasColumns: boolean;
  /** @throws FormatError */
  write(rows: Rows, columns: readonly string[]): Bytes;
}

/** Thrown where the content of a file is not what its format asks for. The message completes "cannot be read: …". */
export class FormatError extends Error {}
