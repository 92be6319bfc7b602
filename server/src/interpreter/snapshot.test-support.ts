import { nextCommands } from './next.js';
import { statusOf } from './queries.js';
import type { Round, RunState } from './run-state.js';

/** All that a state says, as plain data: two states with equal snapshots go on in the same way. */
export function snapshot(state: RunState): unknown {
  return {
    status: statusOf(state),
    commands: nextCommands(state),
    eventCount: state.eventCount,
    counts: [state.intendedCount, state.waitingCount, state.heldCount, state.fresh.length],
    compensation: structuredClone([
      state.compensation.undoables,
      [...state.compensation.open].map(({ visit }) => visit.key),
      [...state.compensation.failed.keys()],
      [...state.compensation.counts],
    ]),
    nodes: structuredClone(
      state.nodes.map(({ wasFollowed, latest, latestUnfollowed }) => [wasFollowed, latest?.key, latestUnfollowed?.key]),
    ),
    visits: [...state.visits.values()].map(({ visit, phase, attempt, claim, dueAt, isOrphaned, outputs, round }) =>
      structuredClone({ visit, phase, attempt, claim, dueAt, isOrphaned, outputs, round: snapshotRound(round) }),
    ),
    open: [...state.open.keys()],
    edited: [...state.edited],
    stack: state.stack.map(({ visit }) => visit.key),
    root: snapshotRound(state.root),
    end: structuredClone([state.paused, state.stopping, state.finished, state.repliedBy]),
  };
}

function snapshotRound(round: Round): unknown {
  return {
    key: round.key,
    live: [...round.live].sort(([a], [b]) => a - b),
    merges: [...round.merges.keys()],
    merged: [...round.merged],
    visitCounts: [...round.visitCounts],
    visits: [...round.visits],
    loop: round.loop && [
      round.loop.visits,
      round.loop.remaining,
      round.loop.arriving.length,
      [...round.loop.collected],
    ],
  };
}
