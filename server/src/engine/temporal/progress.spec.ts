import { expect, it } from 'vitest';
import type { HostCommand } from '../runner/runner.types.js';
import { progressFor } from './progress.js';

const step = (step: string, dueAt?: number): HostCommand => {
  const due = dueAt === undefined ? {} : { dueAt };
  return { kind: 'step', step, attempt: 1, name: step, work: 'node', timeoutMs: 1_000, ...due };
};
const timer = (step: string, dueAt: number): HostCommand => ({ kind: 'timer', step, attempt: 1, name: step, dueAt });
const listed = (commands: HostCommand[]) =>
  progressFor({ seq: 1, commands, ended: false, superseded: false }).tasks.map((task) => task.step);

it('lists what can begin, then what is due, the next time first', () => {
  expect(listed([timer('late', 9), step('a'), step('retry', 5), step('b'), { kind: 'idle' }])).toEqual([
    'a',
    'b',
    'retry',
    'late',
  ]);
});

it('lists the first of very many, so that an answer stays small however wide a run is', () => {
  const steps = Array.from({ length: 5_000 }, (_, index) => step(`s${index}`));
  const timers = Array.from({ length: 5_000 }, (_, index) => timer(`t${index}`, 9_999 - index));
  const names = listed([...steps, ...timers]);
  expect(names.slice(0, 2)).toEqual(['s0', 's1']);
  expect(names.at(-1)).toMatch(/^t49\d\d$/);
  expect(names.length).toBeLessThan(150);
  expect(names).toContain('t4999');
});
