import type { Item, ItemSource } from '@wfaib/sdk/items';
import type { NodeContext, OutputItem } from './core-node.types.js';

/**
 * Most input items an output item names. One that was made from more names none: that is as unclear to
 * `$('Name').item` as all of them would be, and does not take more room than the item itself.
 */
export const maxSources = 10_000;

/** Lineage of an output item: the input items (by index on `port`) it was made from. */
export function madeFrom(context: NodeContext, index: number | readonly number[], port = 'main'): ItemSource[] {
  const indexes = typeof index === 'number' ? [index] : index;
  if (indexes.length > maxSources) return [];
  return indexes.map((each) => context.placeOf(port, each));
}

/** Lineage of an item that was made from everything on a port, other parts included. */
export function allSources(first: NodeContext, port = 'main'): ItemSource[] {
  const count = first.itemCount(port);
  return count > maxSources ? [] : madeFrom(first, [...Array(count).keys()], port);
}

/** The input item as it is, on its way through this step. */
export function passed(context: NodeContext, item: Item, index: number, port = 'main'): OutputItem {
  return withFiles(item.json, item.files, madeFrom(context, index, port));
}

/** All items of an input port as they are. */
export function passAll(context: NodeContext, port = 'main'): OutputItem[] {
  return context.items(port).map((item, index) => passed(context, item, index, port));
}

/** An output item; `files` are left out where there are none. */
export function withFiles(json: Item['json'], files: Item['files'], source: ItemSource[]): OutputItem {
  return files === undefined || Object.keys(files).length === 0 ? { json, source } : { json, files, source };
}
