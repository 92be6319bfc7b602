import { expect, it } from 'vitest';
import { mendedExpression } from './mended-expression.js';

it.each([
  ['Hi {{ $json.name }}', '=Hi {{ $json.name }}'],
  ['=$json.total * 2', '={{ $json.total * 2 }}'],
  ['$json.total', '={{ $json.total }}'],
  [`=$('Orders').first().json.id`, `={{ $('Orders').first().json.id }}`],
])('%s was meant to be %s', (value, mended) => {
  expect(mendedExpression(value)).toBe(mended);
});

it.each(['={{ $json.total }}', 'costs $5', '=plain', '{{ name }}', '', 5, undefined])('%s is left alone', (value) => {
  expect(mendedExpression(value)).toBeUndefined();
});
