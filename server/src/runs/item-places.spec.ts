import { expect, it } from 'vitest';
import { placesOf } from './item-places.js';

const arrivals = [
  { count: 2, from: { step: 'a', port: 'main' } },
  { count: 0, from: { step: 'b', port: 'main' } },
  { count: 3, from: { step: 'c', port: 'true' } },
];

it('names the output item that each item of an input is, over several arrivals', () => {
  expect(placesOf(arrivals, [1, 2, 4])).toEqual([
    { step: 'a', port: 'main', item: 1 },
    { step: 'c', port: 'true', item: 0 },
    { step: 'c', port: 'true', item: 2 },
  ]);
});

it('names nothing for what is beyond the last arrival', () => {
  expect(placesOf(arrivals, [5])).toEqual([]);
});
