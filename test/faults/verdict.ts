import type { Received } from '../support/receiver.js';
import { ask, pause } from './api.js';
import type { Load } from './load.js';

interface Run {
  id: string;
  status: string;
  endedAt: string | null;
  takeovers: number;
  error: { code: string; message: string } | null;
  steps: { id: string; name: string; status: string; iteration: number[]; visit: number }[];
}

interface Effect {
  event: string;
  effect: string;
  run: string;
}

/** What a fault did, as the receiver's ledger and the journal tell it. */
export interface Verdict {
  /** Accepted events. */
  runs: number;
  /** Accepted events that did not come to their end, or whose effects are not all there. */
  lost: string[];
  /** Effects that arrived again under the same idempotency key: receivers know them. */
  repeated: number;
  /** Effects that arrived under two keys, and keys that came with two effects. */
  doubled: string[];
  /** Effects of events nobody sent, or of runs nobody knows. */
  ghosts: string[];
  /** Runs nobody knows all of whose effects came again, under the same keys, from runs that are known. */
  forgotten: string[];
  takeovers: number;
  /** When the last accepted run of each workflow ended; milliseconds since 1970. */
  lastEnds: { name: string; at: number }[];
}

const over = ['succeeded', 'failed', 'cancelled', 'paused'];

/** Waits for every run there is to tell of, then compares what was promised with what was done. */
export async function judge(
  load: Load,
  ledger: Received[],
  label: string,
  urls: () => string[],
  deadlineMs: number,
): Promise<Verdict> {
  const end = performance.now() + deadlineMs;
  const ids = new Set(load.accepted.map(({ runId }) => runId));
  const mine = () => ledger.filter(({ body }) => (body as Effect).event.startsWith(`${label}-`));
  const runs = new Map<string, Run | undefined>();
  const see = async (runId: string) => runs.set(runId, await endOf(runId, urls, end));
  await inParallel([...ids], see);
  // Events whose sender heard no answer may have run as well: they are in the ledger only.
  await inParallel(
    [...new Set(mine().map(({ body }) => (body as Effect).run))].filter((id) => !runs.has(id)),
    see,
  );
  return verdictOf(load, mine(), runs);
}

function verdictOf(load: Load, rows: Received[], runs: Map<string, Run | undefined>): Verdict {
  const keysOf = group(
    rows,
    ({ body }) => `${(body as Effect).event}/${(body as Effect).effect}`,
    (row) => row.idempotencyKey ?? 'none',
  );
  const effectsOf = group(
    rows,
    (row) => row.idempotencyKey ?? 'none',
    ({ body }) => `${(body as Effect).event}/${(body as Effect).effect}`,
  );
  const unknown = [...runs].filter(([, run]) => run === undefined).map(([id]) => id);
  const forgotten = unknown.filter((id) => isRepeated(rows, id, runs));
  const names = [...new Set(load.accepted.map(({ shape }) => shape.name))];
  return {
    runs: load.accepted.length,
    lost: [
      ...load.refused.map(({ event, status, body }) => `${event}: answered ${status} ${JSON.stringify(body)}`),
      ...load.accepted.flatMap((accepted) => lossOf(accepted, runs.get(accepted.runId), keysOf)),
      // A run that began for an event without an answer must come to an end as well.
      ...[...runs]
        .filter(([, run]) => run && !over.includes(run.status))
        .map(([id, run]) => `run ${id} is ${run!.status}`),
    ],
    repeated: [...keysOf.values()].reduce((sum, keys) => sum + keys.length - new Set(keys).size, 0),
    doubled: [
      ...[...keysOf]
        .filter(([, keys]) => new Set(keys).size > 1)
        .map(([effect, keys]) => `${effect}: ${[...new Set(keys)].join(', ')}`),
      ...[...effectsOf]
        .filter(([, effects]) => new Set(effects).size > 1)
        .map(([key]) => `one key for several effects: ${key}`),
    ],
    ghosts: [
      ...unknown.filter((id) => !forgotten.includes(id)).map((id) => `run ${id} is unknown`),
      ...rows.map(({ body }) => (body as Effect).event).filter((event) => !load.sent.has(event)),
    ],
    forgotten,
    takeovers: [...runs.values()].reduce((sum, run) => sum + (run?.takeovers ?? 0), 0),
    lastEnds: names.map((name) => ({ name, at: lastEnd(load, runs, name) })),
  };
}

function isRepeated(rows: Received[], id: string, runs: Map<string, Run | undefined>): boolean {
  const runOf = ({ body }: Received) => (body as Effect).run;
  const known = new Set(rows.filter((row) => runs.get(runOf(row))).map(({ idempotencyKey }) => idempotencyKey));
  return rows.every((row) => runOf(row) !== id || (row.idempotencyKey !== undefined && known.has(row.idempotencyKey)));
}

function lastEnd({ accepted }: Load, runs: Map<string, Run | undefined>, name: string): number {
  const ends = accepted.filter(({ shape }) => shape.name === name).map(({ runId }) => runs.get(runId)?.endedAt ?? '');
  return Math.max(0, ...ends.map((at) => Date.parse(at) || 0));
}

function lossOf(
  { event, shape, runId }: Load['accepted'][number],
  run: Run | undefined,
  keysOf: Map<string, string[]>,
): string[] {
  if (run?.status !== 'succeeded')
    return [`${event}: run ${runId} is ${run?.status ?? 'unknown'} ${JSON.stringify(run?.error ?? '')}`];
  const missing = shape.effects.filter((effect) => !keysOf.has(`${event}/${effect}`));
  if (missing.length > 0) return [`${event}: run ${runId} succeeded without ${missing.join(', ')}`];
  const open = run.steps.filter(({ status }) => status !== 'succeeded');
  return open.length > 0
    ? [`${event}: run ${runId} has steps that are ${open.map(({ status }) => status).join(', ')}`]
    : [];
}

/** @returns undefined where there is no such run */
async function endOf(runId: string, urls: () => string[], end: number): Promise<Run | undefined> {
  for (let turn = 0; ; turn += 1) {
    const all = urls();
    const answer = await ask<Run>('GET', `${all[turn % all.length]}/api/runs/${runId}?wait=5s`, undefined, 10_000);
    if (answer?.status === 404) return undefined;
    if (answer?.status === 200 && (over.includes(answer.body.status) || performance.now() > end)) return answer.body;
    if (answer?.status !== 200) {
      if (performance.now() > end + 20_000) throw new Error(`Nobody tells of run ${runId}.`);
      await pause(200);
    }
  }
}

function group<Row>(rows: Row[], keyOf: (row: Row) => string, valueOf: (row: Row) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), valueOf(row)]);
  return groups;
}

async function inParallel<Entry>(entries: Entry[], work: (entry: Entry) => Promise<unknown>): Promise<void> {
  const left = [...entries];
  const one = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: 8 }, one));
}
