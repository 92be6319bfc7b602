import { expect, it } from 'vitest';
import { timeScale } from './time-scale.js';

it('maps the whole run to the whole width', () => {
  const scale = timeScale({ from: 1_000, to: 2_000 }, undefined);
  expect([1_000, 1_500, 2_000].map(scale.at)).toEqual([0, 50, 100]);
  expect(scale.placeOf({ from: 1_250, to: 1_500 })).toEqual({ left: 25, width: 25 });
});

it('leaves out what is not in view, and cuts what begins before', () => {
  const scale = timeScale({ from: 1_000, to: 2_000 }, undefined);
  expect(scale.placeOf({ from: 0, to: 900 })).toBeUndefined();
  expect(scale.placeOf({ from: 500, to: 1_500 })).toEqual({ left: 0, width: 50 });
});

it('puts six hours without work together, so that the work on both sides can be seen', () => {
  const hours = 3_600_000;
  const busy = [
    { from: 0, to: 60_000 },
    { from: 6 * hours, to: 6 * hours + 60_000 },
  ];
  const scale = timeScale({ from: 0, to: 6 * hours + 60_000 }, busy);
  expect(scale.gaps).toMatchObject([{ from: 60_000, to: 6 * hours, width: 12 }]);
  expect(scale.at(60_000)).toBeCloseTo(44);
  expect(scale.at(6 * hours)).toBeCloseTo(56);
  expect(scale.instantAt(scale.at(30_000))).toBeCloseTo(30_000);
});

it('keeps pauses as long as they are where work is most of the time', () => {
  const scale = timeScale({ from: 0, to: 10_000 }, [
    { from: 0, to: 4_000 },
    { from: 6_000, to: 10_000 },
  ]);
  expect(scale.gaps).toEqual([]);
  expect(scale.at(5_000)).toBe(50);
});

it('survives a run that took no time', () => {
  const scale = timeScale({ from: 5, to: 5 }, [{ from: 5, to: 5 }]);
  expect(scale.placeOf({ from: 5, to: 5 })).toEqual({ left: 0, width: 0 });
});

it('a run that only waits is drawn as it is', () => {
  const scale = timeScale({ from: 0, to: 3_600_000 }, [{ from: 0, to: 0 }]);
  expect(scale.gaps).toEqual([]);
  expect(scale.at(1_800_000)).toBe(50);
});
