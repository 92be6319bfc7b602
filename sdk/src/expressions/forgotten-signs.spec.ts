import { expect, it } from 'vitest';
import { forgottenSigns, lacksSign } from './forgotten-signs.js';

it.each([
  '{{ $json.total }}',
  'Hello {{ $json.name }}',
  `{{ $('Orders').first() }}`,
  '{{$vars.url}}/x',
  '{{ 1 + $itemIndex }}',
])('%s means an expression', (text) => expect(lacksSign(text)).toBe(true));

it.each(['={{ $json.total }}', '{{ name }}', '{{#each rows}}', 'costs $json', '{ $json }', '', 5, null])(
  '%s means what it says',
  (value) => expect(lacksSign(value)).toBe(false),
);

it('finds them at any depth', () => {
  const fields = { a: '={{ $json.a }}', b: ['x', '{{ $json.b }}'], c: { d: 'Hi {{ $json.c }}' } };
  expect(forgottenSigns(fields, 'parameters.fields').map(({ path }) => path)).toEqual([
    'parameters.fields.b[1]',
    'parameters.fields.c.d',
  ]);
});
