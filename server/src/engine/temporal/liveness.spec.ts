import { expect, it } from 'vitest';
import { Liveness } from './liveness.js';

function aLiveness() {
  let now = 0;
  const liveness = new Liveness(() => now);
  return { liveness, pass: (ms: number) => (now += ms) };
}

it('lives as long as it is heard of', () => {
  const { liveness, pass } = aLiveness();
  for (let beats = 0; beats < 20; beats += 1) {
    pass(2_000);
    liveness.beat();
  }
  expect(liveness.isAlive).toBe(true);
});

it('finds out that it was frozen, before its first beat and ever after', () => {
  const { liveness, pass } = aLiveness();
  pass(12_000);
  expect(liveness.isAlive).toBe(false);
  liveness.beat();
  expect(liveness.isAlive).toBe(false);
  pass(2_000);
  liveness.beat();
  expect(liveness.isAlive).toBe(false);
});
