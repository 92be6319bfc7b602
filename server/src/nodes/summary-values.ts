import type { Choice } from '@wfaib/sdk/fields';
import type { JsonValue } from '@wfaib/sdk/items';
import { StepFailure } from './core-node.types.js';
import { canonicalText, compareValues, numberOf } from './json-values.js';

/** What `core.summarize` can work out, in the order of the form. */
export const summaryChoices: Choice[] = [
  { value: 'count', label: 'Count' },
  { value: 'countUnique', label: 'Count different values' },
  { value: 'sum', label: 'Sum' },
  { value: 'avg', label: 'Average' },
  { value: 'min', label: 'Smallest' },
  { value: 'max', label: 'Largest' },
  { value: 'append', label: 'List of all values' },
  { value: 'concat', label: 'Text of all values', help: 'Separated by commas.' },
];

/** One value of a group, worked out as the values come. */
export interface Summary {
  add(value: JsonValue | undefined): void;
  value(): JsonValue;
}

/** Most that a list or text of all values may hold, in characters of JSON. */
const maxListChars = 30_000_000;

/**
 * Works out one value of a group. Missing and null values do not count; numbers may be written as text. Of no values the
 * sum is 0, and average, smallest and largest are null.
 * @throws StepFailure `summarize.notANumber` where sum or average meets something else, `step.outputTooLarge`
 */
export function summaryOf(op: string, field: string, nodeId: string): Summary {
  const summary = summaries[op]?.(field, nodeId);
  if (summary === undefined)
    throw failure('parameter.invalid', `"${op}" is no way to summarize. Choose one of the list.`, nodeId);
  return {
    add: (value) => {
      if (value !== undefined && value !== null) summary.add(value);
    },
    value: () => summary.value(),
  };
}

type Made = { add(value: JsonValue): void; value(): JsonValue };

const summaries: Record<string, (field: string, nodeId: string) => Made> = {
  count: () => folded(0, (count) => count + 1),
  countUnique: () => {
    const seen = new Set<string>();
    return { add: (value) => void seen.add(canonicalText(value)), value: () => seen.size };
  },
  sum: (field, nodeId) => folded(0, (sum, value) => sum + numberIn(value, field, nodeId)),
  avg: (field, nodeId) => {
    let count = 0;
    let sum = 0;
    return {
      add: (value) => {
        sum += numberIn(value, field, nodeId);
        count += 1;
      },
      value: () => (count === 0 ? null : sum / count),
    };
  },
  min: () => extreme(-1),
  max: () => extreme(1),
  append: (field, nodeId) =>
    listed(
      field,
      nodeId,
      (value) => value,
      (values) => values,
    ),
  concat: (field, nodeId) =>
    listed(
      field,
      nodeId,
      (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)),
      (texts) => texts.join(','),
    ),
};

function folded(start: number, next: (so: number, value: JsonValue) => number): Made {
  let made = start;
  return { add: (value) => void (made = next(made, value)), value: () => made };
}

function extreme(direction: 1 | -1): Made {
  let best: JsonValue = null;
  return {
    add: (value) => {
      if (best === null || direction * compareValues(value, best) > 0) best = value;
    },
    value: () => best,
  };
}

function listed<Kept extends JsonValue>(
  field: string,
  nodeId: string,
  keep: (value: JsonValue) => Kept,
  end: (values: Kept[]) => JsonValue,
): Made {
  const values: Kept[] = [];
  let chars = 0;
  return {
    add: (value) => {
      const kept = keep(value);
      chars += typeof kept === 'object' ? JSON.stringify(kept).length : String(kept).length;
      const told = `The values of "${field}" are longer than ${maxListChars} characters. Collect fewer of them.`;
      if (chars > maxListChars) throw failure('step.outputTooLarge', told, nodeId);
      values.push(kept);
    },
    value: () => end(values),
  };
}

function numberIn(value: JsonValue, field: string, nodeId: string): number {
  const number = numberOf(value);
  if (number !== undefined) return number;
  throw failure('summarize.notANumber', `A value of "${field}" is no number: ${JSON.stringify(value)}.`, nodeId);
}

function failure(code: string, message: string, nodeId: string): StepFailure {
  return new StepFailure({ code, message, nodeId, retryable: false });
}
