import { expect, it } from 'vitest';
import { PortItems } from './port-items.js';
import type { StepItems } from './step-items.types.js';

const nowhere = {} as StepItems;

it('finds which arrival an item came with, also where some brought none', () => {
  const counts = [2, 0, 1, 0, 3];
  const arrivals = counts.map((count, index) => ({ step: `s${index}`, port: 'main', count }));
  const items = new PortItems('next', arrivals, [], nowhere);
  const places = Array.from({ length: 6 }, (_, index) => items.placeOf(index));
  expect(places.map(({ step, item }) => `${step}.${item}`)).toEqual(['s0.0', 's0.1', 's2.0', 's4.0', 's4.1', 's4.2']);
  expect(() => items.placeOf(6)).toThrow(RangeError);
});
