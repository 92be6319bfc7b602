import { expect, it } from 'vitest';
import { aCatalog, aDocument, aNode } from '../../../testing/documents.js';
import { FlowElements } from './flow-elements.js';

it('lays the way to go on from one output above the card that follows another', () => {
  const nodes = [aNode('a', { onError: 'errorOutput' }), aNode('b', { onError: 'errorOutput' }), aNode('c')];
  const document = aDocument(nodes, 'a>b', 'b>c', 'b:error>c');
  const made = new FlowElements(aCatalog).nodesOf(document, new Set(), new Map());
  expect(made.map(({ id, zIndex }) => [id, zIndex])).toEqual([
    ['a', 1],
    ['b', 0],
    ['c', 0],
  ]);
});
