import { expect, it } from 'vitest';
import { schemaOf } from './schema-of.js';

it('names every field at any depth, with its kind and an example', () => {
  const items = [{ json: { id: 1, user: { name: null } } }, { json: { user: { name: 'Ana' }, rows: [{ sku: 'x' }] } }];
  expect(schemaOf(items).map(({ path, type, example }) => [path.join('.'), type, example])).toEqual([
    ['id', 'number', '1'],
    ['user', 'object', ''],
    ['user.name', 'text', 'Ana'],
    ['rows', 'list', '1 element'],
    ['rows.0.sku', 'text', 'x'],
  ]);
});
