import type { CheckResult } from '../lifecycle/health-checks.service.js';

/** Where bytes of a run are kept. An id is given once and never written again. */
export interface BlobPlace {
  runId: string;
  id: string;
}

/** Takes the bytes of one blob, in order. What was appended may be read before the end. */
export interface BlobSink {
  /** The bytes are with the driver when this settles: the caller's way to go no faster than it. */
  append(bytes: Uint8Array): Promise<void>;
  /** The bytes survive the machine when this settles. */
  close(): Promise<void>;
}

/** What a store has to be able to do: keep bytes by run and id. An object store fits behind it as well as these two. */
export interface DataDriver {
  /** Kept with each blob, so that it is found after the setting has changed. */
  readonly name: DataDriverName;
  create(place: BlobPlace): Promise<BlobSink>;
  /** The bytes from `from` up to, not including, `to`. */
  read(place: BlobPlace, from: number, to: number): AsyncIterable<Uint8Array>;
  remove(place: BlobPlace): Promise<void>;
  /** Removes everything of these runs. */
  removeRuns(runIds: readonly string[]): Promise<void>;
  /** Whether bytes can be written now. */
  check(): Promise<CheckResult>;
}

export type DataDriverName = 'postgres' | 'disk';
