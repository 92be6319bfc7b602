import { memberTable, type MethodRow } from '../views.js';
import { integerOf, textOf } from './arguments.js';
import { joinText } from '../values.js';
import { jsonText } from './json-text.js';
import { concatLists, flatten, reversed, sorted } from './array-making.js';
import { average, chunk, difference, intersection, largest, pluck, smallest, sum, unique } from './array-summing.js';
import { filterList, findInList, flatMapList, mapList, reduceList, testAll, testAny } from './array-walking.js';

type List = readonly unknown[];

const asJavaScript: MethodRow<List>[] = [
  [
    'at',
    '(index)',
    'The element at the index; negative counts from the end.',
    (a, [i], run) => a.at(integerOf(i, run, 0)),
  ],
  ['concat', '(...lists)', 'The lists one after the other.', (a, others, run) => concatLists(a, others, run)],
  ['every', '(test)', 'Whether all elements pass the test.', (a, [f], run) => testAll(a, f, run)],
  [
    'entries',
    '()',
    'A list of [index, element].',
    (a, _, run) =>
      made(
        a.map((value, index) => [index, value]),
        run,
      ),
  ],
  ['filter', '(test)', 'The elements that pass the test.', (a, [f], run) => filterList(a, f, run)],
  ['find', '(test)', 'The first element that passes the test.', (a, [f], run) => findInList(a, f, 'find', run)?.[1]],
  [
    'findIndex',
    '(test)',
    'Index of the first element that passes the test, or -1.',
    (a, [f], run) => findInList(a, f, 'findIndex', run)?.[0] ?? -1,
  ],
  [
    'findLast',
    '(test)',
    'The last element that passes the test.',
    (a, [f], run) => findInList([...a].reverse(), f, 'findLast', run)?.[1],
  ],
  [
    'flat',
    '(depth?)',
    'Lists within the list put in their place.',
    (a, [d], run) => flatten(a, integerOf(d, run, 1), run),
  ],
  [
    'flatMap',
    '(change)',
    'The results of all elements, lists put in their place.',
    (a, [f], run) => flatMapList(a, f, run),
  ],
  ['includes', '(value)', 'Whether the value is one of the elements.', (a, [v]) => a.includes(v)],
  ['indexOf', '(value)', 'Index of the first element that equals the value, or -1.', (a, [v]) => a.indexOf(v)],
  ['join', '(separator?)', 'The elements as one text.', (a, [s], run) => joinText(a, textOf(s, run, ','), run.budget)],
  [
    'keys',
    '()',
    'The indexes, as a list.',
    (a, _, run) =>
      made(
        a.map((_value, index) => index),
        run,
      ),
  ],
  ['lastIndexOf', '(value)', 'Index of the last element that equals the value, or -1.', (a, [v]) => a.lastIndexOf(v)],
  ['map', '(change)', 'The results of all elements.', (a, [f], run) => mapList(a, f, run)],
  [
    'reduce',
    '(combine, start?)',
    'All elements combined into one value, from the first to the last.',
    (a, args, run) => reduceList(a, args, 'reduce', run),
  ],
  [
    'reduceRight',
    '(combine, start?)',
    'All elements combined into one value, from the last to the first.',
    (a, args, run) => reduceList(reversed(a, run), args, 'reduceRight', run),
  ],
  ['reverse', '()', 'The elements the other way round, as a new list.', (a, _, run) => reversed(a, run)],
  [
    'slice',
    '(start?, end?)',
    'A part of the list; negative counts from the end.',
    (a, [s, e], run) => made(a.slice(integerOf(s, run, 0), integerOf(e, run, a.length)), run),
  ],
  ['some', '(test)', 'Whether an element passes the test.', (a, [f], run) => testAny(a, f, run)],
  ['sort', '(order?)', 'The elements in order, as a new list.', (a, [f], run) => sorted(a, f, run)],
  ['toReversed', '()', 'The elements the other way round, as a new list.', (a, _, run) => reversed(a, run)],
  ['toSorted', '(order?)', 'The elements in order, as a new list.', (a, [f], run) => sorted(a, f, run)],
  ['toString', '()', 'The elements as text with commas.', (a, _, run) => joinText(a, ',', run.budget)],
  ['values', '()', 'The elements, as a list.', (a) => a],
  [
    'with',
    '(index, value)',
    'The list with one element replaced, as a new list.',
    (a, [i, v], run) => replaced(a, integerOf(i, run, 0), v, run),
  ],
];

const besides: MethodRow<List>[] = [
  [
    'append',
    '(...elements)',
    'The list with elements added at its end.',
    (a, more, run) => concatLists(a, [more], run),
  ],
  ['average', '()', 'The mean of the numbers.', (a, _, run) => average(a, run)],
  ['chunk', '(size)', 'The elements in lists of that size.', (a, [n], run) => chunk(a, integerOf(n, run, 1), run)],
  [
    'compact',
    '()',
    'Without null, undefined and empty text.',
    (a, _, run) =>
      made(
        a.filter((v) => v !== null && v !== undefined && v !== ''),
        run,
      ),
  ],
  ['difference', '(other)', 'The elements that are not in the other list.', (a, [b], run) => difference(a, b, run)],
  ['first', '()', 'The first element.', (a) => a[0]],
  ['intersection', '(other)', 'The elements that are in both lists.', (a, [b], run) => intersection(a, b, run)],
  ['isEmpty', '()', 'Whether the list has no elements.', (a) => a.length === 0],
  ['isNotEmpty', '()', 'Whether the list has elements.', (a) => a.length > 0],
  ['last', '()', 'The last element.', (a) => a.at(-1)],
  ['max', '()', 'The largest number.', (a, _, run) => largest(a, run)],
  ['min', '()', 'The smallest number.', (a, _, run) => smallest(a, run)],
  ['pluck', '(...fields)', 'The values of a field of all elements.', (a, fields, run) => pluck(a, fields, run)],
  ['removeDuplicates', '(field?)', 'Every value once.', (a, [k], run) => unique(a, k, run)],
  ['sum', '()', 'The sum of the numbers.', (a, _, run) => sum(a, run)],
  ['toJsonString', '()', 'The list as JSON text.', (a, _, run) => jsonText(a, run)],
  [
    'union',
    '(other)',
    'The elements of both lists, every value once.',
    (a, [b], run) => unique(concatLists(a, [b], run), undefined, run),
  ],
  ['unique', '(field?)', 'Every value once.', (a, [k], run) => unique(a, k, run)],
];

function made(list: unknown[], run: Parameters<MethodRow<List>[3]>[2]): unknown[] {
  run.budget.elements(list.length);
  return list;
}

function replaced(list: List, index: number, value: unknown, run: Parameters<MethodRow<List>[3]>[2]): unknown[] {
  const copy = made([...list], run);
  const position = index < 0 ? list.length + index : index;
  if (position >= 0 && position < copy.length) copy[position] = value;
  return copy;
}

/** Every method walks over its list at most once; those that do more charge it themselves. */
const charged = [...asJavaScript, ...besides].map(([name, signature, doc, call]): MethodRow<List> => [
  name,
  signature,
  doc,
  (list, args, run) => {
    run.budget.work(list.length * 2);
    return call(list, args, run);
  },
]);

export const arrayMembers = memberTable<List>(charged, [['length', 'The number of elements.', (a) => a.length]]);
