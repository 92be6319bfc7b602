import type { Command } from '../../interpreter/run-events.types.js';
import type { RunResult } from '../journal/run-row.types.js';
import type { RunMemory } from './run-memory.js';

type Finish = Extract<Command, { kind: 'finish' }>;

const openStatuses = new Set(['pending', 'running', 'waiting', 'paused']);

/** Ends the run: its result, what is still open shown as cancelled, and its items dropped where the workflow says so. */
export function finishRun(memory: RunMemory, { status, error, result, compensation }: Finish, at: number): void {
  const open = [...memory.state.open.keys()];
  const ending = { ...(error && { error }), ...(result && { result }), ...(compensation && { compensation }) };
  memory.record({ type: 'run.finished', at, status, ...ending });
  memory.run.compensation = compensation ?? null;
  memory.run.result = result === undefined ? null : withCount(memory, result);
  for (const step of open) endStep(memory, step, at);
  for (const row of memory.steps.values()) {
    if (openStatuses.has(row.status)) endStep(memory, row.step, at);
  }
  const { saveData } = memory.program.document.settings;
  // What could not be undone can still be tried again, and needs its items then.
  if (memory.state.compensation.failed.size > 0) return;
  memory.draft.dropData = saveData === 'none' || (saveData === 'failed' && status === 'succeeded');
}

function withCount(memory: RunMemory, { step, nodeId }: NonNullable<Finish['result']>): RunResult {
  return { step, nodeId, itemCount: memory.steps.get(step)?.itemsOut ?? 0 };
}

/** A visit that never began has no row and needs none. */
function endStep(memory: RunMemory, step: string, at: number): void {
  const row = memory.steps.get(step);
  if (row === undefined) return;
  memory.putStep({ ...row, status: 'cancelled', endedAt: row.endedAt ?? at });
  for (const wait of memory.draft.waits)
    if (wait.step === step) memory.draft.waits.splice(memory.draft.waits.indexOf(wait), 1);
  memory.draft.resolved.push({ step, by: 'end' });
}
