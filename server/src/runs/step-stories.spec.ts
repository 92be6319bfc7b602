import { expect, it } from 'vitest';
import type { RunEvent } from '../interpreter/run-events.types.js';
import { storiesOf } from './step-stories.js';

const fact = (step: string, attempt: number) => ({ step, nodeId: 'n', iteration: [], attempt });
const error = { code: 'http.status', message: 'answered 503' };

it('tells the tries of each visit that failed, and when the next one was due', () => {
  const events: RunEvent[] = [
    { type: 'step.retrying', ...fact('a', 1), startedAt: 1, endedAt: 2, dueAt: 10, error },
    { type: 'step.retrying', ...fact('b', 1), startedAt: 3, endedAt: 4, dueAt: 11, error },
    { type: 'step.retrying', ...fact('a', 2), startedAt: 10, endedAt: 12, dueAt: 30, error },
  ];
  const stories = storiesOf(events);
  expect(stories.get('a')!.tries.map(({ attempt, dueAt }) => [attempt, dueAt])).toEqual([
    [1, 10],
    [2, 30],
  ]);
  expect(stories.get('b')!.tries).toHaveLength(1);
});

it('an open pause has no end; what resolves the visit ends all its pauses', () => {
  const waiting: RunEvent = {
    type: 'step.waiting',
    ...fact('a', 1),
    at: 5,
    startedAt: 4,
    waits: [{ kind: 'webhook' }, { kind: 'timer', until: 90 }],
  };
  expect(storiesOf([waiting]).get('a')!.pauses).toEqual([
    { kind: 'webhook', until: null, startedAt: 5, endedAt: null, endedBy: null },
    { kind: 'timer', until: 90, startedAt: 5, endedAt: null, endedBy: null },
  ]);
  const resolved: RunEvent = { type: 'wait.resolved', ...fact('a', 1), at: 9, by: 'resume', outputs: {} };
  expect(
    storiesOf([waiting, resolved])
      .get('a')!
      .pauses.map(({ endedAt, endedBy }) => [endedAt, endedBy]),
  ).toEqual([
    [9, 'resume'],
    [9, 'resume'],
  ]);
});

it('an approval tells what was asked and who decided what', () => {
  const approval = { title: 'Pay?', message: '', approvers: [], required: 2, form: [], onTimeout: 'timeout' as const };
  const events: RunEvent[] = [
    { type: 'step.waiting', ...fact('a', 1), at: 5, startedAt: 4, waits: [{ kind: 'approval', approval }] },
    { type: 'wait.decided', ...fact('a', 1), at: 6, by: 'ana', decision: 'approved' },
    { type: 'wait.decided', ...fact('a', 1), at: 7, by: 'ben', decision: 'rejected', comment: 'no' },
  ];
  expect(storiesOf(events).get('a')!.pauses).toMatchObject([
    {
      kind: 'approval',
      title: 'Pay?',
      decisions: [
        { by: 'ana', decision: 'approved', at: 6 },
        { by: 'ben', decision: 'rejected', at: 7, comment: 'no' },
      ],
    },
  ]);
});
