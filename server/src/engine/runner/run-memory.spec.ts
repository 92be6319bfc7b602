import { workflowDocument } from '@wfaib/sdk/workflow-document';
import { expect, it } from 'vitest';
import { nextCommands } from '../../interpreter/next.js';
import { coreNodes } from '../../nodes/core-nodes.js';
import { compilePlan } from '../../plan/compile-plan.js';
import { createMemory } from '../launcher/create-memory.js';
import { recordOutcome } from './record-outcome.js';
import { RunDraft } from './run-draft.js';
import type { RunMemory } from './run-memory.js';

const node = (id: string, type: string) => ({ id, name: id, type });
const link = (from: string, to: string) => {
  const [[fromNode, fromPort], [toNode, toPort]] = [from.split('.'), to.split('.')] as [string[], string[]];
  return { from: { node: fromNode!, port: fromPort ?? 'main' }, to: { node: toNode!, port: toPort ?? 'main' } };
};
const document = workflowDocument.parse({
  wfaib: 1,
  name: 'Test',
  nodes: [node('start', 'core.manual'), node('loop', 'core.loop'), node('body', 'core.noop'), node('end', 'core.noop')],
  connections: [link('start', 'loop'), link('loop.loop', 'body'), link('body', 'loop.next'), link('loop.done', 'end')],
});

function memoryOf(items: number): RunMemory {
  const plan = compilePlan(document, (type) => coreNodes.get(type)?.descriptor);
  const request = {
    projectId: 'p',
    workflowName: 'Test',
    document,
    mode: 'production' as const,
    startedBy: 'manual' as const,
    start: { nodeId: 'start', as: 'trigger' as const },
    items: Array.from({ length: items }, (_, n) => ({ json: { n } })),
    answersCaller: false,
  };
  const made = { id: 'r', now: 1, monotonic: 0, resumeSecret: '', durability: 'express', processId: null, place: null };
  return createMemory(request, { document, plan, hash: plan.hash }, { ...made, host: 'process' });
}

/** Ends the next step with one item of `chars` characters; the append that follows is taken as written. */
function goOn(memory: RunMemory, rounds: number, chars: number): boolean {
  const [command] = nextCommands(memory.state, 1);
  if (command?.kind !== 'step') return false;
  const { visit, attempt } = command;
  const items = [{ json: { text: 'x'.repeat(chars) }, source: [] }];
  const port = visit.nodeId !== 'loop' ? 'main' : visit.visit < rounds ? 'loop' : 'done';
  const settled = { visit, attempt, claim: undefined, newId: () => 'id' };
  const times = { startedAt: 1, endedAt: 2 };
  recordOutcome(memory, settled, { kind: 'succeeded', status: 'succeeded', outputs: { [port]: items }, ...times });
  memory.draft = new RunDraft(0);
  memory.forgetPast();
  return true;
}

it('remembers as much of a loop after ten thousand rounds as after a thousand, and counts all of its visits', () => {
  const memory = memoryOf(10_000);
  let most = 0;
  while (goOn(memory, 10_000, 1)) most = Math.max(most, memory.steps.size);
  expect(most).toBeLessThan(600);
  // Trigger, a visit of the loop and of its body for each round, the visit that ends the loop, the end.
  expect(memory.stepCount).toBe(1 + 2 * 10_000 + 1 + 1);
  const kept = [...memory.steps.values()].filter(({ nodeId }) => nodeId === 'start' || nodeId === 'end');
  expect(kept).toHaveLength(2);
});

it('holds the items of the last steps, and of older ones only what was asked for again', () => {
  const memory = memoryOf(1);
  const [first] = memory.steps.keys();
  let most = 0;
  while (goOn(memory, 200, 100_000)) {
    expect(memory.items.get(first!, 'main')).toMatchObject({ items: [{ json: { n: 0 } }] });
    most = Math.max(most, memory.items.size);
  }
  expect(most).toBeLessThan(100);
});
