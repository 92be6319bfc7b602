import { wordsOf } from '@wfaib/sdk/sentence';
import { expect, it } from 'vitest';
import type { RunEvent } from '../../interpreter/run-events.types.js';
import { defaultReason } from '../run-care.schemas.js';
import { sentenceOf } from './event-words.js';

const at = 0;
const fact = { step: 's', nodeId: 'do', iteration: [], attempt: 1 };
const told = (event: RunEvent) =>
  wordsOf(
    sentenceOf(
      event,
      () => 'Do it',
      (id) => `${id}@example.com`,
    ),
  );

it('names whoever decided, paused, resumed and cancelled', () => {
  const by = 'ann';
  expect(
    [
      { type: 'step.decided' as const, at, by, action: 'use' as const, ...fact },
      { type: 'run.paused' as const, at, by, reason: defaultReason },
      { type: 'run.paused' as const, at, by, reason: 'to look at it' },
      { type: 'run.resumed' as const, at, by },
      { type: 'run.cancelRequested' as const, at, by },
    ].map(told),
  ).toEqual([
    'ann@example.com decided about "Do it": other items stand for its output',
    'ann@example.com paused the run',
    'ann@example.com paused the run: to look at it',
    'ann@example.com let the run go on after the pause',
    'ann@example.com asked to cancel the run',
  ]);
});

it('says of an event that only a newer version knows that it does not know it', () => {
  expect(told({ type: 'step.dreamt', at } as unknown as RunEvent)).toBe(
    'A newer version of WFAIB noted step.dreamt, which this one does not know',
  );
});

it('has words for events that do not say who', () => {
  expect(
    [
      { type: 'step.decided' as const, at, action: 'skip' as const, ...fact },
      { type: 'run.paused' as const, at, reason: 'its owner died' },
      { type: 'run.resumed' as const, at },
      { type: 'run.cancelRequested' as const, at, isForced: true as const },
    ].map(told),
  ).toEqual([
    'Somebody decided about "Do it": the run goes on without it',
    'The run was paused: its owner died',
    'The run goes on after the pause',
    'Somebody stopped the run at once',
  ]);
});
