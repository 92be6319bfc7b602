import { expect, it } from 'vitest';
import type { RunStep } from '../../api/types.js';
import { selectedStep } from './run-page.js';
import { timeScale } from './time-scale.js';

const at = (ms: number) => new Date(ms).toISOString();
const aStep = (id: string, start: number, end: number | null, status: RunStep['status'] = 'succeeded'): RunStep => ({
  id,
  nodeId: id,
  name: id,
  iteration: [],
  visit: 0,
  attempt: 1,
  status,
  startedAt: at(start),
  endedAt: end === null ? null : at(end),
  itemCounts: { in: 1, out: 1 },
});

it('places steps between the start and the end of the run', () => {
  const steps = [aStep('a', 1_000, 2_000), aStep('b', 2_000, 5_000)];
  const scale = timeScale({ createdAt: at(900), startedAt: at(1_000), endedAt: at(5_000), steps }, 99_000);
  expect(scale.totalMs).toBe(4_000);
  expect(steps.map((step) => scale.placeOf(step))).toEqual([
    { left: 0, width: 25, ms: 1_000 },
    { left: 25, width: 75, ms: 3_000 },
  ]);
});

it('stretches what is still open to now', () => {
  const steps = [aStep('a', 1_000, null, 'running')];
  const scale = timeScale({ createdAt: at(1_000), startedAt: at(1_000), endedAt: null, steps }, 3_000);
  expect(scale.placeOf(steps[0] as RunStep)).toEqual({ left: 0, width: 100, ms: 2_000 });
});

it('opens a run at the step that failed, unless another one was chosen', () => {
  const steps = [aStep('a', 0, 1), aStep('b', 1, 2, 'failed'), aStep('c', 2, 3)];
  expect(selectedStep({ steps }, undefined)?.id).toBe('b');
  expect(selectedStep({ steps }, 'a')?.id).toBe('a');
});
