import type { RunEvent } from '../../interpreter/run-events.types.js';
import type { StepRow } from '../journal/run-row.types.js';

/** Events that change how a step stands; that a run it calls began or ended, or that one of several people decided, does not. */
export type StepEvent = Exclude<
  Extract<RunEvent, { step: string; nodeId: string }>,
  { type: 'child.started' | 'child.ended' | 'wait.decided' }
>;

/** A person goes on without the step, answers for it, or has it tried again. */
function decided(row: StepRow, event: Extract<StepEvent, { type: 'step.decided' }>): StepRow {
  if (event.action === 'retry') return { ...row, status: 'pending' };
  const outputs = event.outputs ?? {};
  const status = event.action === 'use' ? 'succeeded' : 'skipped';
  return { ...row, status, endedAt: event.at, outputs, itemsOut: total(outputs) };
}

const total = (outputs: Record<string, number>) => Object.values(outputs).reduce((sum, count) => sum + count, 0);

/** The row of a visit after an event: what lists and pages show is this projection of the journal. */
export function stepRowAfter(before: StepRow | undefined, event: StepEvent, create: () => StepRow): StepRow {
  const row: StepRow = { ...(before ?? create()), attempt: event.attempt };
  switch (event.type) {
    case 'step.intended':
      return { ...row, status: 'running', startedAt: event.at, endedAt: null, error: null };
    case 'step.waiting':
    case 'step.calling':
      return { ...row, status: 'waiting', startedAt: event.startedAt };
    case 'step.succeeded':
      return {
        ...row,
        status: event.status,
        startedAt: event.startedAt,
        endedAt: event.endedAt,
        outputs: event.outputs,
        itemsOut: total(event.outputs),
        error: event.error ?? null,
      };
    case 'wait.resolved':
      return { ...row, status: 'succeeded', endedAt: event.at, outputs: event.outputs, itemsOut: total(event.outputs) };
    case 'step.retrying':
      return { ...row, status: 'waiting', startedAt: event.startedAt, endedAt: event.endedAt, error: event.error };
    case 'step.failed':
      return { ...row, status: 'failed', startedAt: event.startedAt, endedAt: event.endedAt, error: event.error };
    case 'step.paused':
      return { ...row, status: 'paused', startedAt: event.startedAt, endedAt: event.endedAt, error: event.error };
    case 'step.decided':
      return decided(row, event);
    case 'step.cancelled':
      return { ...row, status: 'cancelled', endedAt: event.at };
  }
}
