import { expect, it } from 'vitest';
import { lastNameOf, pathExpression } from './drag-expression.js';

it('uses brackets for names that are no identifiers', () => {
  expect(pathExpression('$json', ['user', 'first name', 0, 'id'])).toBe('$json.user["first name"][0].id');
});

it('knows the name of the value that an expression leads to', () => {
  expect(lastNameOf('$json.customer.name')).toBe('name');
  expect(lastNameOf('$json.tags[0]')).toBe('tags');
  expect(lastNameOf('$("A (b).item").item.json["first \\"name\\""]')).toBe('first "name"');
  expect(lastNameOf('$json')).toBe('');
  expect(lastNameOf('$("Get it").item.json')).toBe('');
});
