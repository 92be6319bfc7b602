import { expect, it } from 'vitest';
import { isAnyInSight } from './in-sight.js';

const steps = [{ position: [900, 100] as const }, { position: [1_200, 100] as const }];

it('says whether a pane shows any step at the place that was kept', () => {
  const view = { x: 0, y: 0, zoom: 1 };
  expect(isAnyInSight(steps, view, { width: 1_000, height: 600 })).toBe(true);
  expect(isAnyInSight(steps, view, { width: 700, height: 600 })).toBe(false);
  expect(isAnyInSight(steps, { ...view, x: -600 }, { width: 700, height: 600 })).toBe(true);
  expect(isAnyInSight(steps, { ...view, y: 600 }, { width: 1_000, height: 600 })).toBe(false);
});
