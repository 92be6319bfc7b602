import { expect, it } from 'vitest';
import { aCatalog, aDocument, aNode } from '../../../testing/documents.js';
import { connect, refusalOf } from './connect.js';

const wanted = (from: string, to: string) => ({ from: { node: from, port: 'main' }, to: { node: to, port: 'main' } });

it('refuses a connection into a trigger', () => {
  const document = aDocument([aNode('t', { type: 'core.manual' }), aNode('a')]);
  expect(refusalOf(document, aCatalog, wanted('a', 't'))).toMatch(/trigger/);
});

it('refuses a circle', () => {
  const document = aDocument([aNode('a'), aNode('b'), aNode('c')], 'a>b', 'b>c');
  expect(refusalOf(document, aCatalog, wanted('c', 'a'))).toMatch(/circle/);
  expect(refusalOf(document, aCatalog, wanted('a', 'c'))).toBeUndefined();
});

it('allows a way back into a loop', () => {
  const document = aDocument([aNode('l', { type: 'core.loop' }), aNode('b')], 'l:loop>b');
  expect(
    refusalOf(document, aCatalog, { from: { node: 'b', port: 'main' }, to: { node: 'l', port: 'next' } }),
  ).toBeUndefined();
});

it('keeps one connection between the same two ports', () => {
  const document = aDocument([aNode('a'), aNode('b')], 'a>b');
  connect(document, wanted('a', 'b'));
  expect(document.connections).toHaveLength(1);
});
