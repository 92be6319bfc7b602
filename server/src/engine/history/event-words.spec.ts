import { wordsOf } from '@wfaib/sdk/sentence';
import { expect, it } from 'vitest';
import type { RunEvent } from '../../interpreter/run-events.types.js';
import { defaultReason } from '../run-care.schemas.js';
import { coreNodes } from '../../nodes/core-nodes.js';
import type { PlanNode } from '../../plan/plan.types.js';
import { sentenceOf } from './event-words.js';
import { portWords } from './port-words.js';

const at = 0;
const fact = { step: 's', nodeId: 'do', iteration: [], attempt: 1 };
const told = (event: RunEvent) =>
  wordsOf(
    sentenceOf(
      event,
      () => 'Do it',
      (id) => `${id}@example.com`,
      (_nodeId, port) => (port === 'main' ? undefined : port),
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

it('calls ways out as the editor does, and the only one not at all', () => {
  const planNode = (type: string, outputs: string[], onError?: 'errorOutput') =>
    ({ descriptor: coreNodes.get(type)!.descriptor, outputs, node: { onError } }) as unknown as PlanNode;
  const sent = (node: PlanNode, outputs: Record<string, number>) =>
    wordsOf(
      sentenceOf(
        { type: 'wait.resolved', at, by: 'timer', outputs, ...fact } as RunEvent,
        () => 'Do it',
        String,
        (_nodeId, port) => portWords(node, port),
      ),
    ).replace(/.*It sent on /, '');
  expect(sent(planNode('core.set', ['main']), { main: 2 })).toBe('2 items');
  expect(sent(planNode('core.set', ['main', 'error'], 'errorOutput'), { main: 2, error: 1 })).toBe(
    '2 items by "on success", 1 item by "on error"',
  );
  expect(sent(planNode('core.wait', ['main', 'timeout']), { main: 1 })).toBe('1 item by "done"');
  expect(sent(planNode('core.wait', ['main', 'timeout']), { timeout: 1 })).toBe('1 item by "timed out"');
  expect(sent(planNode('core.switch', ['urgent', 'rest']), { urgent: 1 })).toBe('1 item by "urgent"');
});

it('calls ports in the language of the page, but not those that somebody else named', () => {
  const node = { descriptor: coreNodes.get('core.if')!.descriptor, outputs: ['true', 'false'], node: {} };
  expect(portWords(node as unknown as PlanNode, 'true')).toEqual({ text: 'true' });
  const descriptor = { ...node.descriptor, connector: { id: 'x', version: '1', action: 'y' } };
  expect(portWords({ ...node, descriptor } as unknown as PlanNode, 'true')).toBe('true');
});
