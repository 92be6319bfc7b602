import { statusOf, type RunStatus } from '../../interpreter/queries.js';
import { createRunState } from '../../interpreter/run-state.js';
import { startKey } from '../../interpreter/step-keys.js';
import type { RunEvent } from '../../interpreter/run-events.types.js';
import type { RunRow, StepRow } from '../journal/run-row.types.js';
import { RunMemory, type RunProgram } from '../runner/run-memory.js';

/** A pause that was open. */
export interface OpenPause {
  stepId: string;
  nodeId: string;
  kind: string;
  until?: Date;
}

/** A run as it was after one of its events. */
export interface PastRun {
  status: RunStatus;
  /** Visits in order of start; those that had not begun are left out. */
  steps: StepRow[];
  waits: OpenPause[];
}

/**
 * Folds the first events of a journal: what is told of the run then is what was told then.
 * @param rows visits as they are at the end: what does not change on the way (who was kept from an older run) is theirs
 */
export function runAt(
  run: RunRow,
  program: RunProgram,
  events: readonly RunEvent[],
  rows: readonly StepRow[],
): PastRun {
  const memory = new RunMemory({ ...run }, program, createRunState(program.plan), undefined, 0);
  const last = new Map(rows.map((row) => [row.step, row]));
  for (const event of events) {
    memory.record(event);
    if (event.type === 'run.created') putTrigger(memory, event, last);
  }
  const { state } = memory;
  const steps = [...memory.steps.values()].map((row) => asThen(row, last.get(row.step), state.finished !== undefined));
  const waits = [...state.open.values()].flatMap(({ visit, phase, waits: specs = [] }) =>
    phase === 'waiting' ? specs.map((spec) => pauseOf(visit.key, visit.nodeId, spec)) : [],
  );
  return { status: statusOf(state), steps, waits };
}

/** What the run was started with is the output of its trigger, from its creation on. */
function putTrigger(
  memory: RunMemory,
  { start, at }: Extract<RunEvent, { type: 'run.created' }>,
  last: ReadonlyMap<string, StepRow>,
): void {
  if (start.as !== 'trigger') return;
  const step = startKey(memory.plan, start);
  const row = last.get(step) ?? memory.newStepRow(step, start.nodeId);
  memory.putStep({ ...row, status: 'succeeded', startedAt: row.startedAt ?? at, endedAt: row.endedAt ?? at });
}

/** What a visit is and what it got never changes; the end of its run ends what was open. */
function asThen(row: StepRow, last: StepRow | undefined, hasEnded: boolean): StepRow {
  const isOpen = row.status === 'waiting' || row.status === 'running';
  if (hasEnded && isOpen && last !== undefined) return last;
  return last === undefined ? row : { ...row, position: last.position };
}

function pauseOf(stepId: string, nodeId: string, { kind, until }: { kind: string; until?: number }): OpenPause {
  return { stepId, nodeId, kind, ...(until === undefined ? {} : { until: new Date(until) }) };
}
