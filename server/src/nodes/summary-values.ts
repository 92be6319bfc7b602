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

/**
 * Works out one value of a group. Missing and null values do not count; numbers may be written as text. Of no values the
 * sum is 0, and average, smallest and largest are null.
 * @throws StepFailure `summarize.notANumber` where sum or average meets something else
 */
export function summarized(
  op: string,
  values: readonly (JsonValue | undefined)[],
  field: string,
  nodeId: string,
): JsonValue {
  const found = values.filter((value): value is JsonValue => value !== undefined && value !== null);
  const numbers = (): number[] => found.map((value) => numberIn(value, field, nodeId));
  switch (op) {
    case 'count':
      return found.length;
    case 'countUnique':
      return new Set(found.map((value) => canonicalText(value))).size;
    case 'sum':
      return sumOf(numbers());
    case 'avg':
      return found.length === 0 ? null : sumOf(numbers()) / found.length;
    case 'min':
      return extreme(found, -1);
    case 'max':
      return extreme(found, 1);
    case 'append':
      return [...found];
    case 'concat':
      return found.map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value))).join(',');
    default:
      throw failure('parameter.invalid', `"${op}" is no way to summarize. Choose one of the list.`, nodeId);
  }
}

function numberIn(value: JsonValue, field: string, nodeId: string): number {
  const number = numberOf(value);
  if (number !== undefined) return number;
  throw failure('summarize.notANumber', `A value of "${field}" is no number: ${JSON.stringify(value)}.`, nodeId);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}

function extreme(values: readonly JsonValue[], direction: 1 | -1): JsonValue {
  if (values.length === 0) return null;
  return values.reduce((best, value) => (direction * compareValues(value, best) > 0 ? value : best));
}

function failure(code: string, message: string, nodeId: string): StepFailure {
  return new StepFailure({ code, message, nodeId, retryable: false });
}
