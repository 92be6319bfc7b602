import { expect, it } from 'vitest';
import { authorsAfter } from './draft-authors.js';

const node = (id: string, more: object = {}) => ({ id, name: id, type: 'core.noop', ...more });
const document = (nodes: object[], more: object = {}) => JSON.parse(JSON.stringify({ name: 'x', nodes, ...more }));
const ana = { userId: 'ana', at: '2026-01-01T00:00:00.000Z' };
const ben = { userId: 'ben', at: '2026-01-02T00:00:00.000Z' };

it('names who added, changed or removed a step last', () => {
  const first = document([node('a'), node('b'), node('c')]);
  const second = document([node('a', { parameters: { x: 1 } }), node('c'), node('d')]);
  const third = document([node('a', { parameters: { x: 2 } }), node('c'), node('d')]);
  const authors = authorsAfter({}, first, second, ana);
  expect(authors).toEqual({ 'node:a': ana, 'node:b': ana, 'node:d': ana });
  expect(authorsAfter(authors, second, third, ben)).toEqual({ 'node:a': ben, 'node:b': ana, 'node:d': ana });
});

it('takes moving, pinning and the order of keys for no change', () => {
  const before = document([node('a', { position: [0, 0], parameters: { x: 1, y: 2 } })]);
  const after = document([node('a', { position: [8, 0], pinned: [{ json: {} }], parameters: { y: 2, x: 1 } })]);
  expect(authorsAfter({}, before, after, ana)).toEqual({});
});

it('names who changed connections, settings and the name', () => {
  const before = document([]);
  const after = { ...document([], { connections: [{}], settings: { timezone: 'UTC' } }), name: 'y' };
  expect(Object.keys(authorsAfter({}, before, after, ana)).toSorted()).toEqual(['connections', 'name', 'settings']);
});

it('reads drafts of any shape', () => {
  expect(authorsAfter({}, document([]), { nodes: 5, connections: null } as never, ana)).toHaveProperty('name');
});
