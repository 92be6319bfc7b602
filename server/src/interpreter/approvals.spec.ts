import { describe, expect, it } from 'vitest';
import { apply } from './apply.js';
import { approvalValue, timedOutValue, verdictOf, type ApprovalRequest } from './approvals.js';
import { aPlan } from './graph.test-support.js';
import type { RunEvent } from './run-events.types.js';
import { createRunState } from './run-state.js';
import { nextCommands } from './next.js';

const approved = { decision: 'approved' } as const;
const rejected = { decision: 'rejected' } as const;

it.each([
  ['nobody has decided', 1, [], undefined],
  ['the only one needed approves', 1, [approved], 'approved'],
  ['one of two has approved', 2, [approved], undefined],
  ['two of two have approved', 2, [approved, approved], 'approved'],
  ['one rejects, whoever approved', 3, [approved, approved, rejected], 'rejected'],
] as const)('%s', (_, required, decisions, verdict) => {
  expect(verdictOf(required, decisions)).toBe(verdict);
});

describe('decisions in a run', () => {
  const request: ApprovalRequest = {
    title: 'Pay?',
    message: '',
    approvers: [],
    required: 2,
    form: [],
    onTimeout: 'timeout',
  };
  const waiting = () => {
    const state = createRunState(aPlan({ nodes: { start: 'manual', ask: 'noop' }, connections: ['start -> ask'] }));
    apply(state, {
      type: 'run.created',
      at: 0,
      mode: 'production',
      start: { nodeId: 'start', as: 'trigger', count: 1 },
    });
    const [command] = nextCommands(state);
    const { visit } = command as Extract<typeof command, { kind: 'step' }>;
    const fact = { step: visit.key, nodeId: 'ask', iteration: [], attempt: 1 };
    apply(state, {
      type: 'step.waiting',
      at: 1,
      startedAt: 1,
      waits: [{ kind: 'approval', approval: request }],
      ...fact,
    });
    const decide = (by: string, at: number): RunEvent => ({
      type: 'wait.decided',
      decision: 'approved',
      by,
      at,
      ...fact,
    });
    return { state, decide, fact };
  };

  it('everybody counts once, and nobody after it is settled', () => {
    const { state, decide, fact } = waiting();
    expect(apply(state, decide('ana', 2))).toBe(true);
    expect(apply(state, decide('ana', 3))).toBe(false);
    expect(apply(state, decide('ben', 4))).toBe(true);
    expect(apply(state, decide('cem', 5))).toBe(false);
    expect(state.open.get(fact.step)!.decisions!.map(({ by }) => by)).toEqual(['ana', 'ben']);
  });

  it('a decision about a wait that is over has no say', () => {
    const { state, decide, fact } = waiting();
    apply(state, { type: 'wait.resolved', at: 2, by: 'timer', outputs: {}, ...fact });
    expect(apply(state, decide('ana', 3))).toBe(false);
  });
});

it('what goes on tells who settled it, and what everybody decided', () => {
  const decisions = [
    { ...approved, by: 'ana', at: 0 },
    { ...rejected, by: 'ben', at: 1_000, comment: 'no', data: { sum: 1 } },
  ];
  expect(approvalValue('rejected', decisions)).toMatchObject({
    decision: 'rejected',
    by: 'ben',
    comment: 'no',
    data: { sum: 1 },
    at: '1970-01-01T00:00:01.000Z',
    decisions: [{ by: 'ana', comment: null, data: null }, { by: 'ben' }],
  });
});

it('an approval whose time is over tells that nobody settled it', () => {
  expect(timedOutValue('timeout', [{ ...approved, by: 'ana', at: 0 }], 5_000)).toMatchObject({
    decision: 'timeout',
    by: null,
    timedOut: true,
    at: '1970-01-01T00:00:05.000Z',
    decisions: [{ by: 'ana' }],
  });
});
