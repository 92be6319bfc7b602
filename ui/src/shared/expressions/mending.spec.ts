import { expect, it } from 'vitest';
import { mendingOf } from './mending.js';

it.each([
  ['Hi {{ $json.name }}', 'noSign', '=Hi {{ $json.name }}'],
  ['=$json.total * 2', 'noBraces', '={{ $json.total * 2 }}'],
  ['$json.total', 'noBraces', '={{ $json.total }}'],
  [`=$('Orders').first().json.id`, 'noBraces', `={{ $('Orders').first().json.id }}`],
  ['==$json.total', 'noBraces', '={{ $json.total }}'],
  ['==', 'secondSign', '='],
  ['=={{ $json.total }}', 'secondSign', '={{ $json.total }}'],
  ['==SUM(A1:A3)', 'secondSign', '=SUM(A1:A3)'],
])('%s has %s and was meant to be %s', (value, amiss, meant) => {
  expect(mendingOf(value)).toEqual({ amiss, meant });
});

it.each(['={{ $json.total }}', '={{ 1 }} == 1', 'costs $5', '=plain', '{{ name }}', '', 5, undefined])(
  '%s is left alone',
  (value) => {
    expect(mendingOf(value)).toBeUndefined();
  },
);
