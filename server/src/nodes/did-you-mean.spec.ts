import { expect, it } from 'vitest';
import { closestName, didYouMean, limitedHints } from './did-you-mean.js';

it.each([
  ['core.sett', 'core.set'],
  ['Strat', 'Start'],
  ['METHOD', 'method'],
  ['metod', 'method'],
  ['completely else', undefined],
  ['x'.repeat(10_000), undefined],
])('offers for %s the name %s', (name, closest) => {
  expect(closestName(name, ['core.set', 'Start', 'method', 'path'])).toBe(closest);
});

it('says nothing when no name is close', () => {
  expect(didYouMean('abc', ['xyz'])).toBe('');
});

it('stops offering after some answers', () => {
  const hint = limitedHints(['main'], 2);
  expect(['man', 'man', 'man'].map((name) => hint(name) !== '')).toEqual([true, true, false]);
});
