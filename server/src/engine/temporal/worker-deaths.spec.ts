import { expect, it } from 'vitest';
import { WorkerDeaths } from './worker-deaths.js';

/** Attempts of one activity, one after the other, as Temporal hands them out. */
function anActivity() {
  const info = { attempt: 0, heartbeatDetails: undefined as unknown };
  const next = () => {
    info.attempt += 1;
    return new WorkerDeaths({
      info: { ...info },
      heartbeat: (details: unknown) => void (info.heartbeatDetails = details),
    } as unknown as ConstructorParameters<typeof WorkerDeaths>[0]);
  };
  return { next };
}

it('counts attempts that nobody heard the end of, whether they were heard to begin or not', () => {
  const { next } = anActivity();
  expect(next().count).toBe(0);
  const second = next();
  expect(second.count).toBe(1);
  second.beat();
  expect(next().count).toBe(2);
});

it('does not count attempts that told of their end', () => {
  const { next } = anActivity();
  next().endInOrder();
  next().endInOrder();
  const third = next();
  expect(third.count).toBe(0);
  third.beat();
  expect(next().count).toBe(1);
});
