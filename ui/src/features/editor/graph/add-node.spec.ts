import { expect, it } from 'vitest';
import { aCatalog, aDescriptor, aDocument, aNode, arrowsOf } from '../../../testing/documents.js';
import { addNode } from './add-node.js';

const set = aCatalog.find('core.set') ?? aDescriptor('core.set');

it('puts a step to the right of the one it follows and joins them', () => {
  const document = aDocument([aNode('a')]);
  addNode(document, set, 'b', { kind: 'after', node: 'a', port: 'main' });
  expect(arrowsOf(document)).toEqual(['a>b']);
  expect(document.nodes[1]?.position).toEqual([280, 0]);
});

it('never puts a step on top of another', () => {
  const document = aDocument([aNode('a'), aNode('x', { position: [280, 0] }), aNode('y', { position: [280, 96] })]);
  addNode(document, set, 'b', { kind: 'after', node: 'a', port: 'main' });
  expect(document.nodes.at(-1)?.position).toEqual([280, 192]);
});

it('gives a new step a free name', () => {
  const document = aDocument([aNode('a', { name: 'Set fields' })]);
  addNode(document, set, 'b', { kind: 'at', position: [0, 400] });
  expect(document.nodes[1]?.name).toBe('Set fields 2');
});

it('inserts into a connection and moves what comes after to the right', () => {
  const document = aDocument(
    [aNode('a'), aNode('c', { position: [280, 0] }), aNode('d', { position: [560, 0] })],
    'a>c',
    'c>d',
  );
  const connection = document.connections[0];
  if (!connection) throw new Error('no connection');
  addNode(document, set, 'b', { kind: 'between', connection });
  expect(arrowsOf(document)).toEqual(['c>d', 'a>b', 'b>c']);
  expect(document.nodes.map((node) => node.position?.[0])).toEqual([0, 560, 840, 280]);
});

it('does not join a trigger to what it was added after', () => {
  const document = aDocument([aNode('a')]);
  addNode(document, aDescriptor('core.manual', { isTrigger: true, inputs: [] }), 'b', {
    kind: 'after',
    node: 'a',
    port: 'main',
  });
  expect(document.connections).toEqual([]);
});
