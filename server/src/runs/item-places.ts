import type { ItemSource } from '@wfaib/sdk/items';
import type { PortOutput } from './step-output.service.js';

/** Items on an input port, with the port of the earlier step that sent them. */
export interface ArrivedItems extends PortOutput {
  from: Pick<ItemSource, 'step' | 'port'>;
}

/** Which output item of an earlier step each of these items is; the rising `indexes` count over all arrivals. */
export function placesOf(
  arrivals: readonly Pick<ArrivedItems, 'count' | 'from'>[],
  indexes: readonly number[],
): ItemSource[] {
  let at = 0;
  let first = 0;
  return indexes.flatMap((index) => {
    while (at < arrivals.length && index >= first + arrivals[at]!.count) first += arrivals[at++]!.count;
    const arrival = arrivals[at];
    return arrival ? [{ ...arrival.from, item: index - first }] : [];
  });
}
