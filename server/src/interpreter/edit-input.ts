import type { Arrival, RunEvent, StepKey } from './run-events.types.js';
import type { LoopProgress, RunState, VisitProgress } from './run-state.js';
import { editedInput, inputPort, loopKey, visitKey } from './step-keys.js';

/**
 * Puts other items in place of those a visit was to work on, on the first of its ports that got some. The visit gets
 * another key, so that its effects are not taken for those of the visit it stands in for.
 * @returns false where the visit is not there, has begun, or is a later round of a loop
 */
export function editInput(state: RunState, event: Extract<RunEvent, { type: 'input.edited' }>): boolean {
  const progress = state.open.get(event.visit);
  if (progress?.phase !== 'ready' || progress.attempt > 1 || (progress.loop?.visits ?? 1) > 1) return false;
  const input = progress.visit.inputs.find(({ arrivals }) => arrivals.length > 0);
  if (!input) return false;
  const arrival = { step: editedInput(event.visit, event.edit), port: inputPort, count: event.count };
  state.edited.set(arrival.step, input.arrivals);
  const inputs = progress.visit.inputs.map((each) => (each === input ? { ...each, arrivals: [arrival] } : each));
  const entry = visitKey(progress.visit.nodeId, input.port, arrival);
  const key = progress.loop ? reenter(state, progress.loop, { entry, arrival }) : entry;
  rename(state, progress, { ...progress.visit, key, inputs });
  return true;
}

/** What enters a loop is what its first visit works on, and names all of its visits. */
function reenter(
  state: RunState,
  loop: LoopProgress,
  { entry, arrival }: { entry: StepKey; arrival: Arrival },
): StepKey {
  const { node, loop: kind } = state.plan.nodes[loop.node]!;
  loop.entry = entry;
  loop.arrivals = [arrival];
  if (kind?.mode === 'batches') loop.remaining = node.executeOnce ? Math.min(1, arrival.count) : arrival.count;
  return loopKey(entry, 0);
}

function rename(state: RunState, progress: VisitProgress, visit: VisitProgress['visit']): void {
  const { key: old } = progress.visit;
  const { round } = progress;
  for (const known of [state.visits, state.open]) {
    known.delete(old);
    known.set(visit.key, progress);
  }
  round.visits.delete(old);
  round.visits.add(visit.key);
  progress.visit = visit;
  progress.command = undefined;
}
