import { expect, it } from 'vitest';
import { aCatalog, aDocument, aNode } from '../../../testing/documents.js';
import { chooseLanguage } from '../../../shared/i18n/i18n.js';
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

it('says what lines are in the language of the page, and of the frames around cards nothing', async () => {
  await chooseLanguage('de');
  const document = aDocument([aNode('a', { compensateWith: 'b' }), aNode('b')], 'a>b');
  const elements = new FlowElements(aCatalog);
  const said = [
    ...elements.edgesOf(document, new Set()),
    ...elements.undoEdgesOf(document),
    ...elements.nodesOf(document, new Set(), new Map()),
  ].map(({ domAttributes }) => domAttributes);
  const line = { 'aria-roledescription': 'Verbindung' };
  const frame = { 'aria-roledescription': undefined };
  expect(said).toEqual([line, line, frame, frame]);
  await chooseLanguage('en');
});

it('knows which ends of a line have the name of a port on them', () => {
  const nodes = [aNode('a', { onError: 'errorOutput' }), aNode('b'), aNode('c')];
  const edges = new FlowElements(aCatalog).edgesOf(aDocument(nodes, 'a>b', 'b>c'), new Set());
  expect(edges.map(({ data }) => [data?.fromNamed, data?.intoNamed])).toEqual([
    [true, false],
    [false, false],
  ]);
});
