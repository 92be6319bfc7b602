import { expect, it } from 'vitest';
import { aDocument, aNode } from '../../../testing/documents.js';
import { moveTo } from './move-to.js';

it('takes a note along with the steps that lie on it, and leaves the others where they are', () => {
  const document = aDocument([aNode('a', { position: [100, 100] }), aNode('b', { position: [100, 200] }), aNode('c')]);
  document.notes = [
    { id: 'around', text: '', position: [80, 60], size: [300, 240] },
    { id: 'apart', text: '', position: [900, 900], size: [100, 100] },
  ];
  moveTo(document, { a: [500, 0], b: [500, 96] });
  expect(document.nodes.map(({ position }) => position)).toEqual([[500, 0], [500, 96], document.nodes[2]?.position]);
  expect(document.notes.map(({ position }) => position)).toEqual([
    [480, -40],
    [900, 900],
  ]);
});
