import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Clock } from '../../clock/clock.service.js';
import type { EventBus } from '../../events/event-bus.service.js';
import { ProgressReports } from './progress-reports.service.js';
import { StepMeter } from './step-meter.js';
import type { StepTask } from './step-task.types.js';

const task = {
  memory: { run: { id: 'run' } },
  visit: { key: 'send', nodeId: 'send' },
  attempt: 2,
} as unknown as StepTask;
let published: object[];

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  published = [];
});
afterEach(() => void vi.useRealTimers());

function begin() {
  const bus = { publish: (_: string, news: object) => void published.push(news) } as unknown as EventBus;
  return new ProgressReports(bus, { now: () => Date.now() } as Clock).begin(task);
}

it('tells the latest once a second, and what stays the same every five', () => {
  const { report, end } = begin();
  report(() => ({ fraction: 0.1 }));
  report(() => ({ fraction: 0.2, text: 'sending' }));
  expect(published).toEqual([]);
  vi.advanceTimersByTime(1_000);
  const told = { runId: 'run', step: 'send', nodeId: 'send', attempt: 2, fraction: 0.2, text: 'sending', since: 0 };
  expect(published).toEqual([{ ...told, at: 1_000 }]);
  vi.advanceTimersByTime(5_000);
  expect(published).toEqual([
    { ...told, at: 1_000 },
    { ...told, at: 6_000 },
  ]);
  end();
  vi.advanceTimersByTime(60_000);
  expect(published).toHaveLength(2);
});

it('says nothing of a step that was quick', () => {
  const { report, end } = begin();
  report(() => ({ fraction: 1 }));
  vi.advanceTimersByTime(900);
  end();
  vi.advanceTimersByTime(60_000);
  expect(published).toEqual([]);
});

it('puts the whole together from the items that are done and those at work', () => {
  let said: unknown;
  const meter = new StepMeter(4, 1, (say) => (said = say()));
  meter.itemDone(1);
  expect(said).toEqual({ fraction: 0.5, text: '2 of 4 items' });
  meter.itemAt(2, { fraction: 0.5, text: 'uploading' });
  expect(said).toEqual({ fraction: 0.625, text: 'item 3 of 4: uploading' });
  meter.itemDone(2);
  meter.itemDone(3);
  expect(said).toEqual({ fraction: 1, text: '4 of 4 items' });
});
