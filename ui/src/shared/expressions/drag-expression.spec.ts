import { expect, it } from 'vitest';
import { pathExpression } from './drag-expression.js';

it('uses brackets for names that are no identifiers', () => {
  expect(pathExpression('$json', ['user', 'first name', 0, 'id'])).toBe('$json.user["first name"][0].id');
});
