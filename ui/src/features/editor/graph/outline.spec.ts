import { expect, it } from 'vitest';
import { aCatalog, aDocument, aNode } from '../../../testing/documents.js';
import { outlineOf } from './outline.js';

it('indents branches, says through which way out, and names all steps before a join', () => {
  const document = aDocument(
    [
      aNode('t'),
      aNode('i', { type: 'core.if' }),
      aNode('x', { position: [0, 0] }),
      aNode('y', { position: [0, 96] }),
      aNode('z'),
    ],
    't>i',
    'i:true>x',
    'i:false>y',
    'x>z',
    'y>z',
  );
  const text = outlineOf(document, aCatalog).map(
    ({ id, depth, through, after }) => `${'  '.repeat(depth)}${through ? `${through}: ` : ''}${id} ${after.join('+')}`,
  );
  expect(text).toEqual(['t ', 'i ', '  true: x ', '  z X+Y', '  false: y ']);
});

it('lists every step once, circles and loose ones included', () => {
  const document = aDocument([aNode('a'), aNode('b'), aNode('c')], 'a>b', 'b>a');
  expect(
    outlineOf(document, aCatalog)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(['a', 'b', 'c']);
});

it('calls the ways out as the canvas does', () => {
  const document = aDocument([aNode('a', { onError: 'errorOutput' }), aNode('b'), aNode('c')], 'a>b', 'a:error>c');
  expect(outlineOf(document, aCatalog).map(({ through }) => through)).toEqual([undefined, 'on success', 'on error']);
});
