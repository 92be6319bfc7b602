import type { FileRef, Item, ItemSource, JsonObject } from '@wfaib/sdk/items';
import { StepFailure, type NodeContext, type OutputItem, type PartsWork } from './core-node.types.js';
import { passParts } from './in-parts.js';
import { matchedRows } from './merge-by-key.js';
import { passAll, withFiles } from './lineage.js';
import { asText } from './parameter-shapes.js';

/** An item on its way through a merge: what it is made of so far. */
export interface MergeRow {
  json: JsonObject;
  files: Record<string, FileRef> | undefined;
  source: ItemSource[];
}

export type Combine = (a: MergeRow, b: MergeRow) => MergeRow;

/** Most items that "every pair" may make; more would not fit the memory of a run. */
const maxPairs = 1_000_000;

/**
 * Joins the inputs of `core.merge`:
 * - `append`: items of input 1, then of input 2, and so on
 * - `byKey`: items whose key fields are equal become one, every pair of duplicates; `join` says what of the rest is kept.
 *   With more than two inputs each further one is joined to what the ones before made
 * - `byPosition`: first with first; `unpaired` keeps the longer rest
 * - `all`: each item with each of the other inputs
 * - `choose`: the items of one input
 * - `first`: the items of the first arrival; the interpreter drops the rest
 *
 * Fields that both have are taken from the last input, or from the first (`clash`). Files are joined the same way.
 * @throws StepFailure `merge.tooManyPairs`, `parameter.invalid`
 */
export async function merged(context: NodeContext): Promise<OutputItem[]> {
  const ports = inputPorts(context);
  const mode = context.parameter<string>('mode', 0);
  if (mode === 'choose') return passAll(context, chosenPort(context, ports));
  if (mode === 'first') return passAll(context, ports.find((port) => context.items(port).length > 0) ?? ports[0]);
  if (mode === 'append') return ports.flatMap((port) => passAll(context, port));
  const rows = await combinedRows(context, mode, ports);
  return rows.map((row) => withFiles(row.json, row.files, row.source));
}

/** The ways to merge that only pass items on; the others need all of them at once. */
export function mergedInParts(first: NodeContext): PartsWork | undefined {
  const ports = inputPorts(first);
  const mode = first.parameter<string>('mode', 0);
  if (mode === 'choose') return passParts([{ port: chosenPort(first, ports) }]);
  if (mode === 'first') return passParts([{ port: ports.find((port) => first.itemCount(port) > 0) ?? 'in1' }]);
  return mode === 'append' ? passParts(ports.map((port) => ({ port }))) : undefined;
}

function inputPorts(context: NodeContext): string[] {
  const count = Math.max(2, Math.trunc(Number(context.parameter('inputs', 0))) || 2);
  return Array.from({ length: count }, (_, index) => `in${index + 1}`);
}

function chosenPort(context: NodeContext, ports: readonly string[]): string {
  const use = asText(context.parameter('use', 0)) ?? 'in1';
  const port = /^\d+$/.test(use) ? `in${use}` : use;
  if (ports.includes(port)) return port;
  throw failure(context, 'parameter.invalid', `There is no input "${use}". Choose one of ${ports.join(', ')}.`);
}

async function combinedRows(context: NodeContext, mode: string, ports: readonly string[]): Promise<MergeRow[]> {
  const inputs = ports.map((port) => rowsOf(context, port));
  const combine = combiner(context.parameter('clash', 0) === 'first');
  if (mode === 'byKey') return matchedRows(context, inputs, combine);
  if (mode === 'byPosition') return byPosition(inputs, context.parameter('unpaired', 0) === true, combine);
  if (mode === 'all') return everyPair(context, inputs, combine);
  throw failure(context, 'parameter.invalid', `"${mode}" is no way to merge. Choose one of the list.`);
}

function rowsOf(context: NodeContext, port: string): MergeRow[] {
  return context.items(port).map((item: Item, index) => ({
    json: item.json,
    files: item.files,
    source: [context.placeOf(port, index)],
  }));
}

function combiner(isFirstWinning: boolean): Combine {
  return (a, b) => ({
    json: isFirstWinning ? { ...a.json, ...withoutOwn(b.json, a.json) } : { ...a.json, ...b.json },
    files: isFirstWinning ? { ...b.files, ...a.files } : { ...a.files, ...b.files },
    source: [...a.source, ...b.source],
  });
}

/** Keeps the fields of the first input in front. */
function withoutOwn(json: JsonObject, taken: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(json).filter(([name]) => !Object.hasOwn(taken, name)));
}

function byPosition(inputs: readonly MergeRow[][], keepsUnpaired: boolean, combine: Combine): MergeRow[] {
  const lengths = inputs.map((rows) => rows.length);
  const count = keepsUnpaired ? Math.max(...lengths) : Math.min(...lengths);
  return Array.from({ length: count }, (_, index) =>
    inputs.flatMap((rows) => (rows[index] ? [rows[index]] : [])).reduce(combine),
  );
}

async function everyPair(context: NodeContext, inputs: readonly MergeRow[][], combine: Combine): Promise<MergeRow[]> {
  const count = inputs.reduce((product, rows) => product * rows.length, 1);
  if (count > maxPairs) {
    throw failure(
      context,
      'merge.tooManyPairs',
      `Every pair would be ${count} items, more than ${maxPairs}. Filter first.`,
    );
  }
  let made = inputs[0] ?? [];
  for (const rows of inputs.slice(1)) {
    const next: MergeRow[] = [];
    for (const left of made) {
      await context.breathe();
      for (const right of rows) next.push(combine(left, right));
    }
    made = next;
  }
  return made;
}

function failure(context: NodeContext, code: string, message: string): StepFailure {
  return new StepFailure({ code, message, nodeId: context.node.id, retryable: false });
}
