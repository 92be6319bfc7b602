import { isDeepStrictEqual } from 'node:util';
import type { Item } from '@wfaib/sdk/items';
import type { Rehearsed, StepRow } from '../rehearsal/rehearsal.types.js';
import { firstDifference } from './first-difference.js';
import type { ReplayDifference } from './workflow-replay.types.js';

/** Names a visit the same in every version: the how-manieth of its node in its round. */
export function visitName({ nodeId, iteration, visit }: Pick<StepRow, 'nodeId' | 'iteration' | 'visit'>): string {
  return `${nodeId}[${iteration.join()}]#${visit}`;
}

/**
 * Where `now` goes another way than `before`, or makes other data, in order of start.
 * @param isRepeatable whether the visit makes the same data each time it is played; where not, its data say nothing
 */
export function compareRehearsals(
  before: Rehearsed,
  now: Rehearsed,
  isRepeatable: (visit: string) => boolean,
): ReplayDifference[] {
  const old = new Map(before.steps.map((row) => [visitName(row), row]));
  const seen = new Set(now.steps.map(visitName));
  const found = now.steps.flatMap((row) => {
    const name = visitName(row);
    return differenceAt({ before, now }, old.get(name), row, isRepeatable(name));
  });
  // What was not come to because the play was broken off may still have run.
  const missing = now.stopped ? [] : before.steps.filter((row) => !seen.has(visitName(row)));
  const reply = found.length === 0 && missing.length === 0 ? replyDifference(before, now) : [];
  return [...found, ...missing.map((row) => at(row, 'path', 'does not run any more')), ...reply];
}

const at = (
  { nodeId, name, iteration }: Pick<StepRow, 'nodeId' | 'name' | 'iteration'>,
  kind: ReplayDifference['kind'],
  does: string,
): ReplayDifference => ({ kind, nodeId, name, iteration, why: `"${name}" ${does}` });

function differenceAt(
  { before, now }: { before: Rehearsed; now: Rehearsed },
  old: StepRow | undefined,
  row: StepRow,
  isRepeatable: boolean,
): ReplayDifference[] {
  if (row.status === 'running' || row.status === 'pending') return [];
  if (old === undefined) return [at(row, 'path', 'runs now, and did not before')];
  if (old.status !== row.status) return [at(row, 'path', endedOtherwise(old, row))];
  const [portsBefore, portsNow] = [old, row].map(({ outputs }) => Object.keys(outputs).toSorted());
  if (!isDeepStrictEqual(portsBefore, portsNow))
    return [at(row, 'path', `sends on by ${listed(portsNow!)}, and sent on by ${listed(portsBefore!)} before`)];
  if (!isRepeatable) return [];
  for (const port of portsNow!) {
    const why = dataDifference(before.itemsOf(old.step, port), now.itemsOf(row.step, port));
    if (why !== undefined) return [at(row, 'data', `makes other data${port === 'main' ? '' : ` (${port})`}: ${why}`)];
  }
  return [];
}

function endedOtherwise(old: StepRow, row: StepRow): string {
  if (row.status === 'failed') return `fails: ${row.error?.message ?? 'without a message'}`;
  if (old.status === 'failed') return 'does not fail any more';
  return `is ${row.status} now, and was ${old.status} before`;
}

const listed = (ports: readonly string[]) => (ports.length === 0 ? 'no port' : ports.join(', '));

/** Lineage does not count: a step that was put between makes the same data of other steps. */
export function dataDifference(before: readonly Item[], now: readonly Item[]): string | undefined {
  if (before.length !== now.length) return `${now.length} items, ${before.length} before`;
  for (const [index, item] of now.entries()) {
    const { json, files } = before[index]!;
    const found = firstDifference({ json, files: files ?? null }, { json: item.json, files: item.files ?? null });
    if (found !== undefined) return now.length === 1 ? found : `item ${index + 1}, ${found}`;
  }
  return undefined;
}

function replyDifference(before: Rehearsed, now: Rehearsed): ReplayDifference[] {
  const row = now.steps.findLast(({ type }) => type === 'core.respond');
  if (row === undefined || now.stopped || isDeepStrictEqual(before.reply, now.reply)) return [];
  return [at(row, 'data', `answers otherwise: ${firstDifference(before.reply, now.reply) ?? 'another file'}`)];
}
