import { expect, it } from 'vitest';
import { rankOf } from './rank.js';

const best = (search: string) =>
  [
    ['Stop with an error', 'Ends the run as failed.'],
    ['Set fields', 'Writes fields into each item.'],
    ['HTTP request', 'Calls an address.'],
    ['Respond', 'Answers the caller of the webhook.'],
    ['Webhook', 'Starts the workflow when its address is called.'],
  ]
    .map(([label, text]) => ({ label, rank: rankOf(search, label!, [text!]) }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => other.rank - one.rank)[0]?.label;

it.each([
  ['se', 'Set fields'],
  ['set fields', 'Set fields'],
  ['fields', 'Set fields'],
  ['req', 'HTTP request'],
  ['webhook', 'Webhook'],
  ['answer', 'Respond'],
  ['failed run', 'Stop with an error'],
  ['stfl', 'Set fields'],
])('for “%s” the best is %s', (search, label) => {
  expect(best(search)).toBe(label);
});

it('takes letters of other languages for letters', () => {
  expect(rankOf('änd', 'Weiche', ['Feld-Änderung'])).toBe(0.5);
});

it('finds nothing for what is nowhere', () => {
  expect(best('zzz')).toBeUndefined();
});
