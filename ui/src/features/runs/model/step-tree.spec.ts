import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { expect, it } from 'vitest';
import type { NodeTotals } from '../../../api/types.js';
import { stepTree, troubledRows } from './step-tree.js';

/** `types` by id; connections as "a>b" or "a.port>b.port". */
function aDocument(types: Record<string, string>, connections: string[]): WorkflowDocument {
  const end = (text: string) => {
    const [node = '', port = 'main'] = text.split('.');
    return { node, port };
  };
  return {
    nodes: Object.entries(types).map(([id, type]) => ({ id, name: id, type })),
    connections: connections.map((text) => {
      const [from = '', to = ''] = text.split('>');
      return { from: end(from), to: end(to) };
    }),
  } as unknown as WorkflowDocument;
}
const ran = (...ids: string[]) => ids.map((nodeId) => ({ nodeId, name: nodeId, type: 't' }) as NodeTotals);
const shape = (...args: Parameters<typeof stepTree>) =>
  stepTree(...args).map(
    ({ nodeId, depth, totals }) => `${'  '.repeat(depth)}${nodeId}${totals ? '' : ' (not reached)'}`,
  );

const nested = aDocument({ s: 'x', outer: 'core.loop', a: 'x', inner: 'core.loop', b: 'x', end: 'x' }, [
  's>outer',
  'outer.loop>a',
  'a>inner',
  'inner.loop>b',
  'b>inner.next',
  'inner.done>outer.next',
  'outer.done>end',
]);

it('puts the body of a loop under it, loops within loops too', () => {
  expect(shape(nested, ran('s', 'outer', 'a', 'inner', 'b', 'end'))).toEqual([
    's',
    'outer',
    '  a',
    '  inner',
    '    b',
    'end',
  ]);
});

it('keeps the order in which the steps ran, and ends with what was not reached', () => {
  const plain = aDocument({ a: 'x', b: 'x', c: 'x' }, ['a>b', 'a>c']);
  expect(shape(plain, ran('a', 'c'))).toEqual(['a', 'c', 'b (not reached)']);
});

it('shows the steps that ran while the document is not there yet', () => {
  expect(shape(undefined, ran('a', 'b'))).toEqual(['a', 'b']);
});

it('names the nodes of the body of a loop, those of loops within included', () => {
  const outer = stepTree(nested, ran('s')).find(({ nodeId }) => nodeId === 'outer');
  expect(outer?.body.toSorted()).toEqual(['a', 'b', 'inner']);
});

it('keeps the steps that had trouble and the loops around them', () => {
  const totals = (nodeId: string, part: Partial<NodeTotals>) =>
    ({ nodeId, name: nodeId, type: 't', statuses: {}, handled: 0, retried: 0, ...part }) as NodeTotals;
  const tree = stepTree(nested, [
    totals('s', {}),
    totals('outer', {}),
    totals('a', {}),
    totals('inner', {}),
    totals('b', { handled: 1 }),
    totals('end', { retried: 2 }),
  ]);
  expect(troubledRows(tree).map(({ nodeId }) => nodeId)).toEqual(['outer', 'inner', 'b', 'end']);
});

it('counts the items that failed one by one where they have a way out, and takes that for trouble', () => {
  const document = aDocument({ a: 'x', b: 'x', c: 'x' }, ['a>b', 'b>c']);
  document.nodes[0]!.onError = 'errorOutput';
  document.nodes[1]!.onError = 'errorOutput';
  const totals = (nodeId: string, error: number) =>
    ({ nodeId, name: nodeId, type: 't', statuses: {}, itemCounts: { in: 9, out: 9, error } }) as NodeTotals;
  // The port of `c` is called "error" and is none.
  const tree = stepTree(document, [totals('a', 0), totals('b', 3), totals('c', 2)]);
  expect(tree.map(({ failedItems }) => failedItems)).toEqual([0, 3, 0]);
  expect(troubledRows(tree).map(({ nodeId }) => nodeId)).toEqual(['b']);
});
