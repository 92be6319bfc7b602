import { expect, it } from 'vitest';
import { aCatalog, aDocument, aNode, arrowsOf } from '../../../testing/documents.js';
import { connectionUnder, spliceInto } from './splice.js';

const line = () =>
  aDocument([aNode('a'), aNode('c', { position: [600, 0] }), aNode('b', { position: [300, 400] })], 'a>c');

it('finds the connection a loose step is dropped on, and puts the step into it', () => {
  const document = line();
  const connection = connectionUnder(document, aCatalog, [400, 30], 'b');
  if (!connection) throw new Error('not found');
  spliceInto(document, aCatalog, 'b', connection);
  expect(arrowsOf(document)).toEqual(['a>b', 'b>c']);
});

it('leaves connections alone that are far away, and steps that are connected', () => {
  expect(connectionUnder(line(), aCatalog, [400, 200], 'b')).toBeUndefined();
  const connected = aDocument([aNode('a'), aNode('c', { position: [600, 0] }), aNode('b'), aNode('d')], 'a>c', 'b>d');
  expect(connectionUnder(connected, aCatalog, [400, 28], 'b')).toBeUndefined();
});
