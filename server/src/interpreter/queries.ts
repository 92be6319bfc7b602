import type { StepKey, StepVisit } from './run-events.types.js';
import type { RunState, VisitProgress } from './run-state.js';

export type RunStatus = 'pending' | 'running' | 'waiting' | 'paused' | 'succeeded' | 'failed' | 'cancelled';

/**
 * Status of the run. `pending` until the first event after its creation; `waiting` when all that is left are waits
 * (in sequential runs: when the step whose turn it is waits).
 */
export function statusOf(state: RunState): RunStatus {
  if (state.finished) return state.finished.status;
  if (state.paused) return 'paused';
  if (state.eventCount <= 1) return 'pending';
  if (state.stack.at(-1)?.phase === 'waiting') return 'waiting';
  return state.open.size > 0 && state.open.size === state.waitingCount ? 'waiting' : 'running';
}

/** Whether `run.finished` happened. */
export function isEnded(state: RunState): boolean {
  return state.finished !== undefined;
}

/** Whether the run failed or is being cancelled: no step starts any more, begun ones come to their end. */
export function isStopping(state: RunState): boolean {
  return state.stopping !== undefined;
}

/** When the time limit of the run is over, in milliseconds since 1970; undefined where there is none (any more). */
export function deadlineOf({ plan, beginAt, isCreated, stopping, finished }: RunState): number | undefined {
  if (plan.timeoutMs === undefined || !isCreated || stopping || finished) return undefined;
  return beginAt + plan.timeoutMs;
}

/** A visit, open or ended; undefined where there is none or its loop round has ended. */
export function visitOf(state: RunState, key: StepKey): StepVisit | undefined {
  return state.visits.get(key)?.visit;
}

/** Visits that have not ended, oldest first: what is to be shown as cancelled when the run ends with them open. */
export function openVisits(state: RunState): { visit: StepVisit; attempt: number; phase: VisitProgress['phase'] }[] {
  return [...state.open.values()].map(({ visit, attempt, phase }) => ({ visit, attempt, phase }));
}

/** The claim in force for a step; undefined where nobody holds one. */
export function openClaim(state: RunState, key: StepKey): string | undefined {
  return state.open.get(key)?.claim;
}

/** The try a step is at, from 1; undefined where it is not open. */
export function openAttempt(state: RunState, key: StepKey): number | undefined {
  return state.open.get(key)?.attempt;
}

/** Items per output port of a visit that ended well and is still remembered. */
export function outputsOf(state: RunState, key: StepKey): Readonly<Record<string, number>> | undefined {
  return state.visits.get(key)?.outputs;
}

/** The last visit of a node that ended well, by path, also where its round has ended. */
export function latestVisitOf(state: RunState, nodeId: string): StepKey | undefined {
  const index = state.plan.indexById.get(nodeId);
  return index === undefined ? undefined : state.nodes[index]?.latest?.key;
}

/**
 * Visits that something of the run may still be asked about at any time: those of rounds that have not ended, and of each
 * node the newest ones.
 */
export function rememberedVisits({ visits, nodes }: RunState): Set<StepKey> {
  const newest = nodes.flatMap(({ latest, latestUnfollowed }) => [latest, latestUnfollowed]);
  return new Set([...visits.keys(), ...newest.flatMap((each) => (each === undefined ? [] : [each.key]))]);
}

/**
 * The visit of a node that the visit `key` goes back to over its inputs, nearest first; undefined where the node is
 * not upstream of it. This is what `$('Name')` reads.
 */
export function upstreamVisit(state: RunState, key: StepKey, nodeId: string): StepKey | undefined {
  const found = new Set([key]);
  for (const step of found) {
    const visit = state.visits.get(step)?.visit;
    if (visit && step !== key && visit.nodeId === nodeId) return step;
    for (const input of visit?.inputs ?? []) for (const arrival of input.arrivals) found.add(arrival.step);
  }
  return undefined;
}

/** Which effect of its kind a visit has, counted from 0: another one after it was undone. What undoes it counts with it. */
export function effectNumber(state: RunState, { key, undoes }: Pick<StepVisit, 'key' | 'undoes'>): number {
  return state.undone.get(undoes ?? key) ?? 0;
}
