import { expect, it } from 'vitest';
import { cardHeight, lineBack, pointOnLine } from './geometry.js';

it('walks along a line from port to port', () => {
  expect(pointOnLine([0, 0], [100, 40], 0)).toEqual([0, 0]);
  expect(pointOnLine([0, 0], [100, 40], 0.5)).toEqual([50, 20]);
  expect(pointOnLine([0, 0], [100, 40], 1)).toEqual([100, 40]);
  const [x, y] = pointOnLine([0, 0], [100, 40], 0.75);
  expect(x).toBeGreaterThan(50);
  expect(y).toBeGreaterThan(30);
});

it('leads a line back around the cards of its row, and straight where there is room between them', () => {
  const beside = lineBack([488, 0], [0, 12]);
  expect(beside?.middle[0]).toBe(244);
  expect(beside?.middle[1]).toBeGreaterThan(12 + cardHeight / 2);
  expect(lineBack([488, -44], [0, 12])?.middle[1]).toBeLessThan(-44 - cardHeight / 2);
  expect(lineBack([488, 150], [0, 12])).toBeUndefined();
  expect(lineBack([208, 0], [280, 0])).toBeUndefined();
});
