import type { Item } from '@wfaib/sdk/items';
import type { StepKey, StepVisit } from '../../interpreter/run-events.types.js';

/** Items of an input port of a visit, arrivals joined in order. `itemsOf` finds what left a port. */
export async function joinedInput(
  visit: StepVisit,
  port: string,
  itemsOf: (step: StepKey, port: string) => Promise<readonly Item[]>,
): Promise<readonly Item[]> {
  const arrivals = visit.inputs.find((input) => input.port === port)?.arrivals ?? [];
  const lists = await Promise.all(
    arrivals.map(async ({ step, port: from, count }) => firstOf(await itemsOf(step, from), count)),
  );
  return lists.length === 1 ? lists[0]! : lists.flat();
}

function firstOf(items: readonly Item[], count: number): readonly Item[] {
  return items.length === count ? items : items.slice(0, count);
}
