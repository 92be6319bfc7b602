import { expect, it } from 'vitest';
import { aCatalog, aDocument, aNode } from '../../../testing/documents.js';
import { findInWorkflow } from './find-in-workflow.js';

it('finds names, kinds, values at any depth, and notes', () => {
  const document = aDocument([
    aNode('a', { name: 'Get orders' }),
    aNode('b', { parameters: { headers: { 'X-Order': "={{ $('Get orders').item.json.id }}" } } }),
  ]);
  document.notes = [{ id: 'n', text: 'Orders of today' }];
  expect(findInWorkflow(document, aCatalog, 'order').map(({ title, field }) => [title, field])).toEqual([
    ['Get orders', undefined],
    ['B', 'parameters.headers'],
    ['B', 'parameters.headers'],
    ['Note', undefined],
  ]);
  expect(findInWorkflow(document, aCatalog, 'set fields').map(({ title }) => title)).toEqual(['Get orders', 'B']);
  expect(findInWorkflow(document, aCatalog, ' ')).toEqual([]);
});
