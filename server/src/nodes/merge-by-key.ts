import type { JsonObject, JsonValue } from '@wfaib/sdk/items';
import { StepFailure, type NodeContext } from './core-node.types.js';
import { groupBy } from './group-by.js';
import { canonicalText, numberOf } from './json-values.js';
import type { Combine, MergeRow } from './merge-items.js';
import { asGroups, asText } from './parameter-shapes.js';
import { readPath } from './paths.js';

type Key = (JsonValue | undefined)[];

/** A row with the key it is matched by; rows that only a later input has keep their own. */
interface KeyedRow {
  row: MergeRow;
  key: Key;
}

/**
 * Joins rows whose keys are equal. Order: rows of the first input, each with its matches in the order of the next; then,
 * for an outer join, what only the next one has.
 * @throws StepFailure `parameter.missing` without key fields, `merge.tooManyPairs`
 */
export async function matchedRows(
  context: NodeContext,
  inputs: readonly MergeRow[][],
  combine: Combine,
): Promise<MergeRow[]> {
  const keys = asGroups<Record<string, unknown>>(context.parameter('keys', 0));
  if (keys.length === 0) {
    throw failure(context, 'parameter.missing', 'Name the fields that must be equal in "keys".');
  }
  const join = context.parameter<string>('join', 0);
  const [first = [], ...others] = inputs.map((rows, index) => keyed(rows, fieldsOf(keys, index + 1)));
  let made = first;
  for (const right of others) made = await joinTwo(context, made, right, join, combine);
  return made.map(({ row }) => row);
}

function fieldsOf(keys: readonly Record<string, unknown>[], input: number): string[] {
  return keys.map((key) => asText(key[`in${input}`]) ?? asText(key['in1']) ?? '');
}

function keyed(rows: readonly MergeRow[], fields: readonly string[]): KeyedRow[] {
  return rows.map((row) => ({ row, key: fields.map((field) => readPath(row.json, field)) }));
}

/** Longest result of a join; duplicates on both sides multiply. */
const maxRows = 1_000_000;

async function joinTwo(
  context: NodeContext,
  left: readonly KeyedRow[],
  right: readonly KeyedRow[],
  join: string,
  combine: Combine,
): Promise<KeyedRow[]> {
  const find = finder(right);
  const used = new Set<KeyedRow>();
  const made: KeyedRow[] = [];
  for (const one of left) {
    await context.breathe();
    const matches = find(one.key);
    if (made.length + matches.length > maxRows) throw tooMany(context);
    for (const match of matches) used.add(match);
    if (join === 'anti') made.push(...(matches.length === 0 ? [one] : []));
    else if (matches.length > 0)
      for (const match of matches) made.push({ row: combine(one.row, match.row), key: one.key });
    else if (join !== 'inner') made.push(one);
  }
  return join === 'outer' ? [...made, ...right.filter((one) => !used.has(one))] : made;
}

/** Finds rows by key: through a rough key that equal ones share, then exactly. */
function finder(rows: readonly KeyedRow[]): (key: Key) => KeyedRow[] {
  const whole = rows.filter(({ key }) => isWhole(key));
  const buckets = groupBy(whole, ({ key }) => roughKey(key));
  return (key) => {
    if (!isWhole(key)) return [];
    const bucket = buckets.get(roughKey(key)) ?? [];
    return bucket.filter((row) => row.key.every((value, index) => isSame(value!, key[index]!)));
  };
}

function isWhole(key: Key): boolean {
  return key.every((value) => value !== undefined && value !== null);
}

function roughKey(key: Key): string {
  return key.map((value) => String(numberOf(value) ?? canonicalText(value))).join('\n');
}

/** The number 1 equals the text "1", but two texts are equal only letter by letter: "01" is not "1". */
function isSame(a: JsonValue, b: JsonValue): boolean {
  if (typeof a === 'number' || typeof b === 'number') return numberOf(a) === numberOf(b);
  return canonicalText(a as JsonObject) === canonicalText(b as JsonObject);
}

function tooMany(context: NodeContext): StepFailure {
  return failure(context, 'merge.tooManyPairs', `The join makes more than ${maxRows} items. Filter or dedupe first.`);
}

function failure(context: NodeContext, code: string, message: string): StepFailure {
  return new StepFailure({ code, message, nodeId: context.node.id, retryable: false });
}
