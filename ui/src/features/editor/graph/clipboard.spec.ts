import { expect, it } from 'vitest';
import { aDocument, aNode, arrowsOf } from '../../../testing/documents.js';
import { clipOf, paste, readClip } from './clipboard.js';

function ids() {
  let next = 1;
  return () => `new${next++}`;
}

it('pastes steps under new ids and names, and lets their expressions follow', () => {
  const document = aDocument(
    [
      aNode('a', { name: 'Get' }),
      aNode('b', { position: [280, 0], parameters: { x: `={{ $('Get').item.json.id }}` } }),
    ],
    'a>b',
  );
  const clip = readClip(JSON.stringify(clipOf(document, new Set(['a', 'b']))));
  if (!clip) throw new Error('no clip');
  expect(paste(document, clip, { newId: ids() })).toEqual(['new1', 'new2']);
  expect(document.nodes.map((node) => node.name)).toEqual(['Get', 'B', 'Get 2', 'B 2']);
  expect(document.nodes[3]?.parameters).toEqual({ x: `={{ $('Get 2').item.json.id }}` });
  expect(arrowsOf(document)).toEqual(['a>b', 'new1>new2']);
});

it('leaves pinned items and foreign credentials behind', () => {
  const document = aDocument([]);
  const node = aNode('a', { pinned: [{ json: {} }], credentials: { auth: 'mine', other: 'foreign' } });
  paste(document, { wfaib: 1, nodes: [node], connections: [] }, { newId: ids(), knownCredentials: new Set(['mine']) });
  expect(document.nodes[0]?.pinned).toBeUndefined();
  expect(document.nodes[0]?.credentials).toEqual({ auth: 'mine' });
});

it('keeps the step that undoes a pasted one where it is here, and follows it where it is pasted too', () => {
  const document = aDocument([aNode('a', { compensateWith: 'undo' }), aNode('undo')]);
  const [a, undo] = document.nodes;
  const pasteInto = (target: typeof document, nodes: typeof document.nodes) => {
    const [id] = paste(target, { wfaib: 1, nodes, connections: [] }, { newId: ids() });
    return target.nodes.find((node) => node.id === id)?.compensateWith;
  };
  expect(pasteInto(aDocument([aNode('other')]), [a!])).toBeUndefined();
  expect(pasteInto(aDocument([aNode('other')]), [a!, undo!])).toBe('new2');
  expect(pasteInto(document, [a!])).toBe('undo');
});

it('takes a whole document for a clip, and nothing else', () => {
  expect(
    readClip('{"wfaib":1,"name":"x","nodes":[],"connections":[{"from":{"node":"a"},"to":{"node":"b"}}]}')?.connections,
  ).toEqual([{ from: { node: 'a', port: 'main' }, to: { node: 'b', port: 'main' } }]);
  expect(readClip('hello')).toBeUndefined();
  expect(readClip('{"nodes":[]}')).toBeUndefined();
  expect(readClip('null')).toBeUndefined();
});
