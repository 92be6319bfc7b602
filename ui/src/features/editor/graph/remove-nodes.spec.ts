import { expect, it } from 'vitest';
import { aDocument, aNode, arrowsOf } from '../../../testing/documents.js';
import { removeAndReconnect, removeNodes } from './remove-nodes.js';

it('removes a step with its connections and what points at it', () => {
  const document = aDocument([aNode('a'), aNode('b'), aNode('c', { compensateWith: 'b' })], 'a>b', 'b>c');
  removeNodes(document, new Set(['b']));
  expect(document.nodes.map((node) => node.id)).toEqual(['a', 'c']);
  expect(document.connections).toEqual([]);
  expect(document.nodes[1]?.compensateWith).toBeUndefined();
});

it('joins what came before a step to what came after it', () => {
  const document = aDocument([aNode('a', { type: 'core.if' }), aNode('b'), aNode('c')], 'a:true>b', 'b>c');
  removeAndReconnect(document, new Set(['b']));
  expect(arrowsOf(document)).toEqual(['a:true>c']);
});

it('joins nothing where a step had several ways out', () => {
  const document = aDocument([aNode('a'), aNode('b'), aNode('c'), aNode('d')], 'a>b', 'b>c', 'b>d');
  removeAndReconnect(document, new Set(['b']));
  expect(document.connections).toEqual([]);
});
