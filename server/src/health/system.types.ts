import type { Sentence } from '@wfaib/sdk/sentence';
import type { ProcessEntry } from '../lifecycle/process-table.service.js';

/** How a part of the installation is. `warn`: it works, and somebody should do something about it. */
export type PartState = 'ok' | 'warn' | 'failed';

/** One thing that was looked at, in words for the person who runs this installation. */
export interface SystemPart {
  id:
    | 'database'
    | 'engine'
    | 'queue'
    | 'disk'
    | 'backup'
    | 'encryptionKey'
    | 'publicUrl'
    | 'clock'
    | 'mail'
    | (string & {});
  state: PartState;
  /** What was found. */
  detail: string;
  /** What to do about it, where something is to be done. */
  fix?: string;
  /** Both, for those who show them in another language. */
  said: { detail: Sentence; fix?: Sentence };
}

/** A process of this installation, on this machine. */
export interface SystemProcess extends ProcessEntry {
  /** Memory it holds, in bytes; absent where the system does not tell. */
  residentBytes?: number;
}

/** Runs that are not over, by what they do. */
export interface OpenRuns {
  pending: number;
  running: number;
  waiting: number;
  paused: number;
  /** Age of the oldest run that nobody has begun, in milliseconds; 0 where there is none. */
  oldestPendingMs: number;
}

/** Answer of `GET /api/system`. */
export interface SystemReport {
  version: string;
  engine: 'temporal' | 'queue';
  role: string;
  parts: SystemPart[];
  processes: SystemProcess[];
  runs: OpenRuns;
}
