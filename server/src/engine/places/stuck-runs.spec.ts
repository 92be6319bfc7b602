import { describe, expect, it } from 'vitest';
import { stuckRuns, type OpenRun } from './stuck-runs.js';

const run = (id: string, workflowId: string, more: Partial<OpenRun> = {}): OpenRun => ({
  id,
  workflowId,
  isHeld: false,
  hasPlace: more.isHeld !== true,
  awaitedBy: null,
  ...more,
});
const held = (id: string, workflowId: string, awaitedBy: string | null = null): OpenRun =>
  run(id, workflowId, { isHeld: true, awaitedBy });
const idsOf = (runs: OpenRun[]) => stuckRuns(runs).map(({ id }) => id);

describe('runs that wait for a place', () => {
  it('are not stuck while one that has it is at work itself', () => {
    expect(idsOf([run('1', 'a'), held('2', 'a'), held('3', 'a')])).toEqual([]);
  });

  it('are stuck where two workflows of one place each wait for each other', () => {
    const runs = [run('1', 'a'), run('2', 'b'), held('3', 'b', '1'), held('4', 'a', '2')];
    expect(idsOf(runs)).toEqual(['3', '4']);
    // With a place for one of them the other gets its turn.
    expect(idsOf([run('1', 'a'), run('2', 'b'), run('3', 'b', { awaitedBy: '1' }), held('4', 'a', '2')])).toEqual([]);
  });

  it('are stuck over a run between them that needs no place', () => {
    const between = run('2', 'free', { hasPlace: false, awaitedBy: '1' });
    expect(idsOf([run('1', 'a'), between, held('3', 'a', '2')])).toEqual(['3']);
  });

  it('are not stuck while another run of the same step is at work', () => {
    expect(idsOf([run('1', 'a'), run('2', 'free', { hasPlace: false, awaitedBy: '1' }), held('3', 'a', '1')])).toEqual(
      [],
    );
  });

  it('get their turn where the place is free', () => {
    expect(idsOf([held('1', 'a')])).toEqual([]);
  });
});
