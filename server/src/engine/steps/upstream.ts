import { latestVisitOf } from '../../interpreter/queries.js';
import type { Arrival, StepKey } from '../../interpreter/run-events.types.js';
import type { StepRow } from '../journal/run-row.types.js';
import type { RunMemory } from '../runner/run-memory.js';
import type { ItemsPlace, StepItems } from './step-items.types.js';

/** Visits that are looked at together on the way back. */
const atOnce = 500;

/**
 * Where `$('Name')` reads: the visit of the node upstream of this step, by the port that led here, else its newest visit,
 * by the first port that sent something.
 */
export async function placeOfNode(
  memory: RunMemory,
  step: StepKey,
  nodeId: string,
  store: StepItems,
): Promise<ItemsPlace | undefined> {
  const latest = latestVisitOf(memory.state, nodeId);
  // Nothing comes from a node of which no visit has ended well.
  if (latest === undefined) return undefined;
  const upstream = await nearestOf(memory, step, nodeId, store);
  if (upstream) return { step: upstream.step, port: upstream.port };
  const outputs = (await store.rows(memory, [latest])).get(latest)?.outputs ?? {};
  const ports = memory.node(nodeId).outputs;
  return { step: latest, port: ports.find((name) => (outputs[name] ?? 0) > 0) ?? ports[0] ?? 'main' };
}

/** Goes back over the arrivals that led to a visit, nearest first, until one is of the node. */
async function nearestOf(
  memory: RunMemory,
  step: StepKey,
  nodeId: string,
  store: StepItems,
): Promise<Arrival | undefined> {
  const seen = new Set<StepKey>([step]);
  let level = arrivalsInto(memory, step, undefined);
  while (level.length > 0) {
    const next: Arrival[] = [];
    for (let first = 0; first < level.length; first += atOnce) {
      const part = level.slice(first, first + atOnce);
      const fresh = [...new Set(part.map((arrival) => arrival.step))].filter((each) => !seen.has(each));
      const rows = await store.rows(memory, fresh);
      const found = part.find((arrival) => rows.get(arrival.step)?.nodeId === nodeId);
      if (found) return found;
      for (const each of fresh) {
        seen.add(each);
        for (const arrival of arrivalsInto(memory, each, rows.get(each))) next.push(arrival);
      }
    }
    level = next;
  }
  return undefined;
}

/** What a visit was given, and what that took the place of. */
function arrivalsInto({ state }: RunMemory, step: StepKey, row: StepRow | undefined): Arrival[] {
  const inputs = state.visits.get(step)?.visit.inputs ?? row?.inputs ?? [];
  return [...inputs.flatMap(({ arrivals }) => arrivals), ...(state.edited.get(step) ?? [])];
}
