import type { Evaluation } from '../evaluation.js';
import { ExpressionError } from '../expression.errors.js';
import { FunctionValue } from '../functions.js';
import { toNumber, toText } from '../values.js';
import { integerOf } from '../methods/arguments.js';
import { largest, smallest, average } from '../methods/array-summing.js';
import { decode, encode } from '../methods/string.js';
import type { Namespace } from '../views.js';
import { dateNamespace, dateTimeNamespace, durationNamespace } from './dates.js';
import { executionOf, inputView, itemOf } from './host-views.js';
import {
  arrayNamespace,
  booleanNamespace,
  jsonNamespace,
  mathNamespace,
  numberNamespace,
  objectNamespace,
  parseInteger,
  stringNamespace,
} from './standard.js';

/** A name an expression may start with. */
export interface Root {
  name: string;
  kind: 'value' | 'function' | 'namespace';
  /** Shown after the name of a function. */
  signature?: string;
  doc: string;
  read: (run: Evaluation) => unknown;
}

const value = (name: string, doc: string, read: Root['read']): Root => ({ name, kind: 'value', doc, read });

const namespace = (space: Namespace, doc: string): Root => ({
  name: space.name,
  kind: 'namespace',
  doc,
  read: () => space,
});

function func(
  name: string,
  signature: string,
  doc: string,
  call: (args: readonly unknown[], run: Evaluation) => unknown,
): Root {
  const made = new FunctionValue(call);
  return { name, kind: 'function', signature, doc, read: () => made };
}

const isEmpty = (v: unknown): boolean =>
  v === undefined || v === null || v === '' || (Array.isArray(v) && v.length === 0);

const list: Root[] = [
  value('$json', 'The body of the current item.', (run) => run.scope.json),
  value('$item', 'The current item: json, files, source.', (run) => itemOf(run)),
  value('$itemIndex', 'Index of the current item, from 0.', (run) => run.scope.itemIndex),
  value('$input', 'All items that arrived: first(), last(), all(), item.', (run) => inputView(run)),
  value('$binary', 'The files of the current item.', (run) => run.scope.item?.files ?? {}),
  value('$now', 'The time of the step, in the zone of the workflow.', (run) => run.now),
  value('$today', 'The start of the day of the step.', (run) => run.now.startOf('day')),
  value('$vars', 'The variables of the project.', (run) => run.scope.vars),
  value('$run', 'This run: id, startedAt, resumeUrl.', (run) => run.scope.run),
  value('$execution', 'This run, as n8n names it: id, mode, resumeUrl.', (run) => executionOf(run)),
  value('$workflow', 'The workflow: id, name.', (run) => run.scope.workflow),
  value('$prevNode', 'The step that sent the items: name, outputIndex, runIndex.', (run) => run.scope.prevNode),
  value('$runIndex', 'How often this step has run before, in this run.', (run) => run.scope.runIndex ?? 0),
  value('$response', 'The answer a paginated request got: status, headers, body.', (run) => run.scope.response),
  value('undefined', 'No value.', () => undefined),
  value('NaN', 'Not a number.', () => NaN),
  value('Infinity', 'Larger than every number.', () => Infinity),
  func('$if', '(condition, then, else)', 'One of two values.', ([test, yes, no]) => (test ? yes : no)),
  func('$ifEmpty', '(value, otherwise)', 'The value, or another where it is empty.', ([v, other]) =>
    isEmpty(v) ? other : v,
  ),
  func('$min', '(...numbers)', 'The smallest of the numbers.', (args, run) => smallest(args, run)),
  func('$max', '(...numbers)', 'The largest of the numbers.', (args, run) => largest(args, run)),
  func('$average', '(...numbers)', 'The mean of the numbers.', (args, run) => average(args, run)),
  func('parseInt', '(text, base?)', 'The whole number that a text starts with.', parseInteger),
  func('parseFloat', '(text)', 'The number that a text starts with.', ([text], run) =>
    parseFloat(toText(text, run.budget)),
  ),
  func('isNaN', '(value)', 'Whether the value is not a number.', ([v], run) => Number.isNaN(toNumber(v, run.budget))),
  func('isFinite', '(value)', 'Whether the value is a finite number.', ([v], run) =>
    Number.isFinite(toNumber(v, run.budget)),
  ),
  func('encodeURIComponent', '(text)', 'Safe within an address.', ([text], run) =>
    encode(toText(text, run.budget), run),
  ),
  func('decodeURIComponent', '(text)', 'Percent signs of an address read back.', ([text], run) =>
    decode(toText(text, run.budget)),
  ),
  func('$range', '(from, to)', 'The whole numbers from one up to, without, the other.', ([a, b], run) =>
    range(integerOf(a, run, 0), integerOf(b, run, 0), run),
  ),
  namespace(dateTimeNamespace, 'Makes dates.'),
  namespace(durationNamespace, 'Makes lengths of time.'),
  namespace(dateNamespace, 'Dates as in JavaScript.'),
  namespace(mathNamespace, 'Mathematics.'),
  namespace(jsonNamespace, 'Reads and writes JSON text.'),
  namespace(objectNamespace, 'keys, values, entries, fromEntries.'),
  namespace(numberNamespace, 'Makes and tests numbers.'),
  namespace(stringNamespace, 'Makes texts.'),
  namespace(booleanNamespace, 'true or false for any value.'),
  namespace(arrayNamespace, 'isArray.'),
];

function range(from: number, to: number, run: Evaluation): number[] {
  if (!Number.isFinite(to - from)) throw new ExpressionError('$range needs two finite numbers');
  const count = Math.max(to - from, 0);
  run.budget.elements(count);
  return Array.from({ length: count }, (_, index) => from + index);
}

/** Every name an expression may start with, besides `$('Name')` and `$node["Name"]`. */
export const roots: ReadonlyMap<string, Root> = new Map(list.map((root) => [root.name, root]));
