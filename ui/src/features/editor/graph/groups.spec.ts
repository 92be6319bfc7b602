import { expect, it } from 'vitest';
import { aDocument, aNode } from '../../../testing/documents.js';
import { boundsOf, editGroup, groupSteps, groupsOf, hiddenSteps, ungroupSteps } from './groups.js';
import { removeNodes } from './remove-nodes.js';

const three = () => aDocument([aNode('a'), aNode('b', { position: [280, 0] }), aNode('c', { position: [560, 0] })]);

it('keeps a step in one group only, and drops a group that is empty', () => {
  const document = three();
  groupSteps(document, new Set(['a', 'b']), 'g', 'First');
  groupSteps(document, new Set(['b', 'c']), 'h', 'Second');
  expect(groupsOf(document).map(({ nodes }) => nodes)).toEqual([['a'], ['b', 'c']]);
  ungroupSteps(document, new Set(['a']));
  expect(groupsOf(document).map(({ name }) => name)).toEqual(['Second']);
});

it('forgets steps that are deleted', () => {
  const document = three();
  groupSteps(document, new Set(['a']), 'g', 'First');
  removeNodes(document, new Set(['a']));
  expect(document.groups).toBeUndefined();
});

it('hides the steps of a collapsed group, and knows the box around an open one', () => {
  const document = three();
  groupSteps(document, new Set(['a', 'b']), 'g', 'First');
  expect(hiddenSteps(document).size).toBe(0);
  expect(boundsOf(document, groupsOf(document)[0]!)).toEqual({ x: -24, y: -52, width: 536, height: 132 });
  editGroup(document, 'g', (group) => (group.collapsed = true));
  expect([...hiddenSteps(document)]).toEqual([
    ['a', 'g'],
    ['b', 'g'],
  ]);
});
