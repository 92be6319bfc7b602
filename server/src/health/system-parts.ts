import { say, wordsOf, type Sentence } from '@wfaib/sdk/sentence';
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

/** A part in words, and what was said for those who tell it in another language. */
function part({ id, state, detail, fix }: Findings): SystemPart {
  const said = { detail: typeof detail === 'string' ? { text: detail } : detail, ...(fix && { fix }) };
  return { id, state, detail: wordsOf(said.detail), ...(fix && { fix: wordsOf(fix) }), said };
}

interface Findings extends Pick<SystemPart, 'id' | 'state'> {
  detail: string | Sentence;
  fix?: Sentence;
}

/** A check that rooms registered, in the words of this page. */
export function registeredPart(id: string, { ok, degraded, detail, said }: CheckResult): SystemPart {
  return part({
    id,
    state: !ok ? 'failed' : degraded ? 'warn' : 'ok',
    detail: said ?? detail ?? (ok ? say`Fine.` : say`Not fine.`),
  });
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
  const detail = say`PostgreSQL ${{ version }}, ${{ size: size(bytes) }}, ${{ connections }} of ${{ maxConnections }} connections in use.`;
  if (connections < maxConnections * 0.9) return part({ id: 'database', state: 'ok', detail });
  const fix = say`Raise max_connections of PostgreSQL, or lower WFAIB_DATABASE_POOL of the servers.`;
  return part({ id: 'database', state: 'warn', detail, fix });
}

export function enginePart(engine: 'temporal' | 'queue', wantsTemporal: boolean): SystemPart {
  if (engine === 'temporal')
    return part({ id: 'engine', state: 'ok', detail: say`Temporal hands the steps of runs to the workers.` });
  const detail = say`The queue engine hands out runs: they are durable, but one machine does the work of a run.`;
  if (!wantsTemporal) return part({ id: 'engine', state: 'ok', detail });
  return part({
    id: 'engine',
    state: 'warn',
    detail,
    fix: say`Set TEMPORAL_ADDRESS, or let npm start find the Temporal CLI.`,
  });
}

export function queuePart({ pending, running, waiting, paused, oldestPendingMs }: OpenRuns): SystemPart {
  const detail = say`${{ pending }} pending, ${{ running }} running, ${{ waiting }} waiting, ${{ paused }} paused.`;
  if (oldestPendingMs <= longPendingMs) return part({ id: 'queue', state: 'ok', detail });
  return part({
    id: 'queue',
    state: 'warn',
    detail: say`${{ detail }} The oldest has waited ${{ minutes: Math.round(oldestPendingMs / 60_000) }} min for its start.`,
    fix: say`Start more workers (WFAIB_ROLE=worker), or see docs/stuck-runs.md.`,
  });
}

export function diskPart(freeBytes: number, allBytes: number): SystemPart {
  const detail = say`${{ free: size(freeBytes) }} of ${{ all: size(allBytes) }} are free where the data folder is.`;
  if (freeBytes >= littleDisk) return part({ id: 'disk', state: 'ok', detail });
  return part({
    id: 'disk',
    state: 'warn',
    detail,
    fix: say`Make room, or keep less data of runs (settings of a workflow).`,
  });
}

export function backupPart(at: number | undefined, now: number): SystemPart {
  const fix = say`Make one with docker/backup.sh, or with pg_dump and a call of POST /api/system/backups.`;
  if (at === undefined) return part({ id: 'backup', state: 'warn', detail: say`No back-up is known.`, fix });
  const days = Math.floor((now - at) / dayMs);
  const detail = say`The last one is from ${{ last: { at } }}.`;
  return days < oldBackupDays
    ? part({ id: 'backup', state: 'ok', detail })
    : part({ id: 'backup', state: 'warn', detail, fix });
}

export function keyPart(isSetting: boolean, file: string): SystemPart {
  const where = isSetting ? say`Given by WFAIB_ENCRYPTION_KEY.` : say`Kept in ${{ file }}.`;
  return part({
    id: 'encryptionKey',
    state: 'ok',
    detail: say`${{ where }} Without a copy of it credentials cannot be read after a loss: keep one apart from this machine.`,
  });
}

/** @param calledBy the address the caller used, such as `https://flows.example` */
export function publicUrlPart(publicUrl: string, calledBy: string | undefined): SystemPart {
  const detail = say`Links, webhooks and sign-in use ${{ publicUrl }}.`;
  if (calledBy === undefined || calledBy === publicUrl) return part({ id: 'publicUrl', state: 'ok', detail });
  return part({
    id: 'publicUrl',
    state: 'warn',
    detail: say`${{ detail }} You came by ${{ calledBy }}.`,
    fix: say`Set WFAIB_PUBLIC_URL=${{ calledBy }} where services are to reach the server under that address.`,
  });
}

export function clockPart(skewMs: number): SystemPart {
  if (Math.abs(skewMs) < skewedMs)
    return part({ id: 'clock', state: 'ok', detail: say`This server and the database agree on the time.` });
  return part({
    id: 'clock',
    state: 'warn',
    detail: say`This server and the database are ${{ seconds: (Math.abs(skewMs) / 1000).toFixed(1) }} s apart.`,
    fix: say`Let both machines keep their time by NTP.`,
  });
}

export function mailPart(isSet: boolean): SystemPart {
  if (isSet) return part({ id: 'mail', state: 'ok', detail: say`Mail is sent by the server in WFAIB_SMTP_URL.` });
  return part({
    id: 'mail',
    state: 'ok',
    detail: say`No mail server is set: nobody is told by mail. WFAIB_SMTP_URL sets one.`,
  });
}
