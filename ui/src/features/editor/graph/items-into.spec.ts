import { expect, it } from 'vitest';
import { aDocument, aNode } from '../../../testing/documents.js';
import { itemsInto } from './items-into.js';

it('adds up what all connections bring to a step, port by port', () => {
  const { connections } = aDocument([aNode('a'), aNode('b'), aNode('c')], 'a>c', 'b>c');
  const steps = { a: { itemsOut: { main: 3, error: 2 } }, b: { itemsOut: { main: 4 } } };
  expect(itemsInto('c', connections, steps)).toBe(7);
  expect(itemsInto('a', connections, steps)).toBe(0);
});
