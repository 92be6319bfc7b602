import { expect, it } from 'vitest';
import { pointOnLine } from './geometry.js';

it('walks along a line from port to port', () => {
  expect(pointOnLine([0, 0], [100, 40], 0)).toEqual([0, 0]);
  expect(pointOnLine([0, 0], [100, 40], 0.5)).toEqual([50, 20]);
  expect(pointOnLine([0, 0], [100, 40], 1)).toEqual([100, 40]);
  const [x, y] = pointOnLine([0, 0], [100, 40], 0.75);
  expect(x).toBeGreaterThan(50);
  expect(y).toBeGreaterThan(30);
});
