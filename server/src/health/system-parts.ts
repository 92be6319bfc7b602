import type { CheckResult } from '../lifecycle/health-checks.service.js';
import type { OpenRuns, SystemPart } from './system.types.js';

const gib = 1024 ** 3;
const dayMs = 86_400_000;
/** Below this the next large run may fill the disk, in bytes. */
const littleDisk = 2 * gib;
/** A back-up that is older is worth a word, in days. */
const oldBackupDays = 7;
/** Clocks further apart make times in lists wrong, in milliseconds. */
const skewedMs = 2_000;
/** A run that waits longer for an engine says that there are too few workers, in milliseconds. */
const longPendingMs = 60_000;

const size = (bytes: number): string =>
  bytes >= gib ? `${(bytes / gib).toFixed(1)} GB` : `${Math.round(bytes / 1024 ** 2)} MB`;

/** A check that rooms registered, in the words of this page. */
export function registeredPart(id: string, { ok, degraded, detail }: CheckResult): SystemPart {
  return { id, state: !ok ? 'failed' : degraded ? 'warn' : 'ok', detail: detail ?? (ok ? 'Fine.' : 'Not fine.') };
}

export interface DatabaseFacts {
  version: string;
  bytes: number;
  connections: number;
  maxConnections: number;
  /** Time of its clock, in milliseconds since 1970. */
  now: number;
}

export function databasePart({ version, bytes, connections, maxConnections }: DatabaseFacts): SystemPart {
  const detail = `PostgreSQL ${version}, ${size(bytes)}, ${connections} of ${maxConnections} connections in use.`;
  if (connections < maxConnections * 0.9) return { id: 'database', state: 'ok', detail };
  const fix = 'Raise max_connections of PostgreSQL, or lower WFAIB_DATABASE_POOL of the servers.';
  return { id: 'database', state: 'warn', detail, fix };
}

export function enginePart(engine: 'temporal' | 'queue', wantsTemporal: boolean): SystemPart {
  if (engine === 'temporal')
    return { id: 'engine', state: 'ok', detail: 'Temporal hands the steps of runs to the workers.' };
  const detail = 'The queue engine hands out runs: they are durable, but one machine does the work of a run.';
  if (!wantsTemporal) return { id: 'engine', state: 'ok', detail };
  return { id: 'engine', state: 'warn', detail, fix: 'Set TEMPORAL_ADDRESS, or let npm start find the Temporal CLI.' };
}

export function queuePart({ pending, running, waiting, paused, oldestPendingMs }: OpenRuns): SystemPart {
  const detail = `${pending} pending, ${running} running, ${waiting} waiting, ${paused} paused.`;
  if (oldestPendingMs <= longPendingMs) return { id: 'queue', state: 'ok', detail };
  return {
    id: 'queue',
    state: 'warn',
    detail: `${detail} The oldest has waited ${Math.round(oldestPendingMs / 60_000)} min for its start.`,
    fix: 'Start more workers (WFAIB_ROLE=worker), or see docs/stuck-runs.md.',
  };
}

export function diskPart(freeBytes: number, allBytes: number): SystemPart {
  const detail = `${size(freeBytes)} of ${size(allBytes)} are free where the data folder is.`;
  if (freeBytes >= littleDisk) return { id: 'disk', state: 'ok', detail };
  return { id: 'disk', state: 'warn', detail, fix: 'Make room, or keep less data of runs (settings of a workflow).' };
}

export function backupPart(at: number | undefined, now: number): SystemPart {
  const fix = 'Make one with docker/backup.sh, or with pg_dump and a call of POST /api/system/backups.';
  if (at === undefined) return { id: 'backup', state: 'warn', detail: 'No back-up is known.', fix };
  const days = Math.floor((now - at) / dayMs);
  const detail = `The last one is from ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC.`;
  return days < oldBackupDays ? { id: 'backup', state: 'ok', detail } : { id: 'backup', state: 'warn', detail, fix };
}

export function keyPart(isSetting: boolean, file: string): SystemPart {
  const detail = isSetting ? 'Given by WFAIB_ENCRYPTION_KEY.' : `Kept in ${file}.`;
  return {
    id: 'encryptionKey',
    state: 'ok',
    detail: `${detail} Without a copy of it credentials cannot be read after a loss: keep one apart from this machine.`,
  };
}

/** @param calledBy the address the caller used, such as `https://flows.example` */
export function publicUrlPart(publicUrl: string, calledBy: string | undefined): SystemPart {
  const detail = `Links, webhooks and sign-in use ${publicUrl}.`;
  if (calledBy === undefined || calledBy === publicUrl) return { id: 'publicUrl', state: 'ok', detail };
  return {
    id: 'publicUrl',
    state: 'warn',
    detail: `${detail} You came by ${calledBy}.`,
    fix: `Set WFAIB_PUBLIC_URL=${calledBy} where services are to reach the server under that address.`,
  };
}

export function clockPart(skewMs: number): SystemPart {
  if (Math.abs(skewMs) < skewedMs)
    return { id: 'clock', state: 'ok', detail: 'This server and the database agree on the time.' };
  return {
    id: 'clock',
    state: 'warn',
    detail: `This server and the database are ${(Math.abs(skewMs) / 1000).toFixed(1)} s apart.`,
    fix: 'Let both machines keep their time by NTP.',
  };
}

export function mailPart(isSet: boolean): SystemPart {
  if (isSet) return { id: 'mail', state: 'ok', detail: 'Mail is sent by the server in WFAIB_SMTP_URL.' };
  return { id: 'mail', state: 'ok', detail: 'No mail server is set: nobody is told by mail. WFAIB_SMTP_URL sets one.' };
}
