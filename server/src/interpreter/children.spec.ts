import { describe, expect, it } from 'vitest';
import { apply } from './apply.js';
import { aPlan } from './graph.test-support.js';
import { nextCommands } from './next.js';
import { statusOf } from './queries.js';
import type { CallSpec, RunEvent } from './run-events.types.js';
import { createRunState } from './run-state.js';

/** A run that has come to its step that calls. */
function aCaller(calls: Partial<CallSpec> = {}, node: object = {}) {
  const nodes = { start: 'manual', call: { type: 'core.call', ...node }, end: 'noop' };
  const state = createRunState(aPlan({ nodes, connections: ['start -> call', 'call -> end'] }));
  const start = { nodeId: 'start', as: 'trigger', count: 3 } as const;
  apply(state, { type: 'run.created', at: 0, mode: 'production', start });
  const { visit } = [...state.open.values()][0]!;
  const fact = (attempt = 1) => ({ step: visit.key, nodeId: 'call', iteration: [], attempt });
  const spec = { count: 3, concurrency: 2, isAwaited: true, ...calls };
  const happen = (event: object) => apply(state, { at: 0, ...fact(), ...event } as unknown as RunEvent);
  happen({ type: 'step.calling', startedAt: 0, calls: spec });
  return {
    state,
    happen,
    calling: (attempt: number) => happen({ type: 'step.calling', startedAt: 0, calls: spec, attempt }),
    begin: (index: number, attempt = 1) =>
      happen({ type: 'child.started', index, runId: `run ${index} ${attempt}`, attempt }),
    end: (index: number, error?: object, attempt = 1) =>
      happen({
        type: 'child.ended',
        index,
        runId: `run ${index} ${attempt}`,
        status: error ? 'failed' : 'succeeded',
        error,
        attempt,
      }),
    command: () => nextCommands(state).map((each) => (each.kind === 'call' ? [each.begin, each.isOver] : each.kind)),
  };
}

describe('a step that calls', () => {
  it('begins as many runs as may be at work, and the next one when one has ended', () => {
    const caller = aCaller();
    expect(caller.command()).toEqual([[[0, 1], false]]);
    caller.begin(0);
    caller.begin(1);
    expect(caller.command()).toEqual([]);
    expect(statusOf(caller.state)).toBe('waiting');
    caller.end(1);
    expect(caller.command()).toEqual([[[2], false]]);
    caller.begin(2);
    caller.end(2);
    caller.end(0);
    expect(caller.command()).toEqual([[[], true]]);
    expect(caller.happen({ type: 'step.succeeded', startedAt: 0, endedAt: 0, status: 'succeeded', outputs: {} })).toBe(
      true,
    );
    expect(caller.command()).toEqual(['finish']);
  });

  it('does not come to its end while a run is at work', () => {
    const caller = aCaller();
    caller.begin(0);
    const end = { type: 'step.succeeded', startedAt: 0, endedAt: 0, status: 'succeeded', outputs: {} };
    expect(caller.happen(end)).toBe(false);
    expect(caller.happen({ ...end, type: 'step.failed', error: {} })).toBe(false);
  });

  it('takes the end of a run once, and not that of a run it never began', () => {
    const caller = aCaller();
    caller.begin(0);
    expect(caller.begin(0)).toBe(false);
    expect(caller.end(1)).toBe(false);
    expect(caller.end(0)).toBe(true);
    expect(caller.end(0)).toBe(false);
  });

  it('begins no other run after a failure that is not handled, and waits for those at work', () => {
    const caller = aCaller();
    caller.begin(0);
    caller.begin(1);
    caller.end(0, { code: 'call.failed' });
    expect(caller.command()).toEqual([]);
    caller.end(1);
    expect(caller.command()).toEqual([[[], true]]);
  });

  it('goes on after a failure where errors go on', () => {
    const caller = aCaller({}, { onError: 'continue' });
    caller.begin(0);
    caller.begin(1);
    caller.end(0, { code: 'call.failed' });
    expect(caller.command()).toEqual([[[2], false]]);
  });

  it('calls on another try what did not end well', () => {
    const caller = aCaller({ concurrency: 3 }, { retry: { maxAttempts: 2 } });
    for (const index of [0, 1, 2]) caller.begin(index);
    caller.end(0);
    caller.end(1, { code: 'call.failed' });
    caller.end(2);
    const error = { code: 'call.failed' };
    expect(caller.happen({ type: 'step.retrying', startedAt: 0, endedAt: 0, error, dueAt: 1 })).toBe(true);
    caller.calling(2);
    expect(caller.command()).toEqual([[[1], false]]);
  });

  it('is done when all have begun where it does not wait', () => {
    const caller = aCaller({ isAwaited: false });
    expect(caller.command()).toEqual([[[0, 1, 2], false]]);
    for (const index of [0, 1, 2]) caller.begin(index);
    expect(caller.command()).toEqual([[[], true]]);
  });

  it('is dropped when the run is cancelled', () => {
    const caller = aCaller();
    caller.begin(0);
    apply(caller.state, { type: 'run.cancelRequested', at: 0 });
    expect(caller.end(0)).toBe(false);
  });
});
