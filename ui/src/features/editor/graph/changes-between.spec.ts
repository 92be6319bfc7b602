import { expect, it } from 'vitest';
import { aDocument, aNode } from '../../../testing/documents.js';
import { changesBetween } from './changes-between.js';

it('tells added, removed, changed and moved steps apart', () => {
  const before = aDocument([aNode('a'), aNode('b'), aNode('c')], 'a>b');
  const after = aDocument(
    [aNode('a', { position: [8, 0] }), aNode('b', { parameters: { x: 1 } }), aNode('d')],
    'a>b',
    'b>d',
  );
  expect(changesBetween(before, after).map(({ kind, what }) => `${kind} ${what}`)).toEqual([
    'moved A',
    'changed B',
    'added D',
    'removed C',
    'added 1 connection',
  ]);
});

it('takes the order of keys and pinned items for no change', () => {
  const before = aDocument([aNode('a', { parameters: { x: 1, y: 2 } })]);
  const after = aDocument([aNode('a', { parameters: { y: 2, x: 1 }, pinned: [{ json: {} }] })]);
  expect(changesBetween(before, after)).toEqual([]);
});
