import type { FiringRow } from './schedule.types.js';

/** What is to be done with a waiting firing. */
export type Turn =
  | { firing: FiringRow; does: 'start' }
  | { firing: FiringRow; does: 'skip'; note: string }
  | { firing: FiringRow; does: 'wait' };

/** A run that is going, or about to. */
type Going = Pick<FiringRow, 'kind' | 'runId'> & { since: number };

/**
 * Decides which of the waiting firings of one schedule start now, in the order of their times.
 *
 * With `skip` a firing is left out when at its own time a run was going. One that is late because no server was there to
 * start it waits for its turn like one with `buffer`: a night without power is made up for, one run after the other.
 * Scheduled firings do not care about backfills, backfills care about everything, and what a person starts starts.
 */
export function takeTurns(waiting: readonly FiringRow[], running: readonly FiringRow[], now: number): Turn[] {
  const going: Going[] = running.map(({ kind, runId, changedAt }) => ({ kind, runId, since: changedAt.getTime() }));
  return waiting.map((firing): Turn => {
    const turn = turnOf(firing, going);
    if (turn.does === 'start') going.push({ kind: firing.kind, runId: null, since: now });
    return turn;
  });
}

function turnOf(firing: FiringRow, going: readonly Going[]): Turn {
  const { kind, overlap, nominalAt } = firing;
  const before = kind === 'backfill' ? going : going.filter((each) => each.kind !== 'backfill');
  if (kind === 'trigger' || overlap === 'allow' || before.length === 0) return { firing, does: 'start' };
  const atItsTime = before.find(({ since }) => since <= nominalAt.getTime());
  if (overlap === 'skip' && atItsTime) {
    return {
      firing,
      does: 'skip',
      note: `The run before it was still going${atItsTime.runId === null ? '' : `: ${atItsTime.runId}`}.`,
    };
  }
  return { firing, does: 'wait' };
}
