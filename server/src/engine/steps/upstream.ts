import { latestVisitOf } from '../../interpreter/queries.js';
import type { Arrival, StepKey } from '../../interpreter/run-events.types.js';
import type { RunMemory } from '../runner/run-memory.js';

/** A port of a visit whose items somebody asks for. */
export interface ItemsPlace {
  step: StepKey;
  port: string;
}

/** All ports whose items led to a visit, nearest first. */
export function arrivalsUpstream(memory: RunMemory, step: StepKey): Arrival[] {
  const found: Arrival[] = [];
  const seen = new Set<StepKey>([step]);
  for (const current of seen) {
    const inputs = memory.state.visits.get(current)?.visit.inputs ?? memory.steps.get(current)?.inputs ?? [];
    const replaced = memory.state.edited.get(current) ?? [];
    for (const arrival of [...inputs.flatMap(({ arrivals }) => arrivals), ...replaced]) {
      found.push(arrival);
      seen.add(arrival.step);
    }
  }
  return found;
}

/**
 * Where `$('Name')` reads: the visit of the node upstream of this step, by the port that led here, else its newest visit,
 * by the first port that sent something.
 */
export function placeOfNode(memory: RunMemory, step: StepKey, nodeId: string): ItemsPlace | undefined {
  const upstream = arrivalsUpstream(memory, step).find((arrival) => memory.steps.get(arrival.step)?.nodeId === nodeId);
  if (upstream) return { step: upstream.step, port: upstream.port };
  const latest = latestVisitOf(memory.state, nodeId);
  if (latest === undefined) return undefined;
  const outputs = memory.steps.get(latest)?.outputs ?? {};
  const port = memory.node(nodeId).outputs.find((name) => (outputs[name] ?? 0) > 0);
  return { step: latest, port: port ?? memory.node(nodeId).outputs[0] ?? 'main' };
}
