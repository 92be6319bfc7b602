import { expect, it } from 'vitest';
import { aDocument, aNode } from '../../../testing/documents.js';
import { renameNode } from './rename-node.js';

it('rewrites every expression that names the step, however it is quoted, and counts them', () => {
  const document = aDocument([
    aNode('a', { name: 'Get user' }),
    aNode('b', {
      parameters: { x: `={{ $('Get user').item.json.id }}`, deep: [{ y: '={{ $node["Get user"].json.id }}' }] },
    }),
    aNode('c', { parameters: { x: 'Get user', y: `={{ $('Get users').item }}` } }),
  ]);
  expect(renameNode(document, 'a', `Ana's`)).toBe(2);
  expect(document.nodes[1]?.parameters).toEqual({
    x: `={{ $('Ana\\'s').item.json.id }}`,
    deep: [{ y: `={{ $node["Ana's"].json.id }}` }],
  });
  expect(document.nodes[2]?.parameters).toEqual({ x: 'Get user', y: `={{ $('Get users').item }}` });
});
