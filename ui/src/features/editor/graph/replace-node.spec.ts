import { expect, it } from 'vitest';
import { aDescriptor, aDocument, aNode, arrowsOf } from '../../../testing/documents.js';
import { replaceNode } from './replace-node.js';

const text = { kind: 'text', label: 'URL' } as const;
const get = aDescriptor('x.get', {
  label: 'Get',
  fields: { url: text, retries: { kind: 'number', label: 'Retries' } },
});
const fetch = aDescriptor('y.fetch', { label: 'Fetch', fields: { url: text, retries: text } });

it('keeps what both types know, and the connections', () => {
  const document = aDocument(
    [aNode('a'), aNode('b', { name: 'Get 2', type: 'x.get', parameters: { url: 'u', retries: 3 } }), aNode('c')],
    'a>b',
    'b>c',
  );
  replaceNode(document, 'b', get, fetch);
  expect(document.nodes[1]).toMatchObject({ id: 'b', type: 'y.fetch', name: 'Fetch', parameters: { url: 'u' } });
  expect(arrowsOf(document)).toEqual(['a>b', 'b>c']);
});

it('keeps a name that a person gave, and leads ports to the ones in the same place', () => {
  const branch = aDescriptor('z.branch', { outputs: [{ name: 'yes' }, { name: 'no' }] });
  const document = aDocument([aNode('b', { name: 'Mine', type: 'core.if' }), aNode('c')], 'b:false>c');
  replaceNode(document, 'b', aDescriptor('core.if', { outputs: [{ name: 'true' }, { name: 'false' }] }), branch);
  expect(document.nodes[0]?.name).toBe('Mine');
  expect(arrowsOf(document)).toEqual(['b:no>c']);
});

it('drops connections into a step that takes none any more', () => {
  const document = aDocument([aNode('a'), aNode('b', { type: 'x.get' })], 'a>b');
  replaceNode(document, 'b', get, aDescriptor('core.manual', { inputs: [], isTrigger: true }));
  expect(document.connections).toEqual([]);
});
