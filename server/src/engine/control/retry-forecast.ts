import type { AgainReason } from '../../interpreter/run-events.types.js';
import { startKey, undoKey } from '../../interpreter/step-keys.js';
import type { StepRow } from '../journal/run-row.types.js';
import type { RunProgram } from '../runner/run-memory.js';
import type { Kept, OldRun } from './kept-journal.service.js';

/** A node of the old run, and how many of its visits are meant. */
export interface ForecastStep {
  nodeId: string;
  name: string;
  visits: number;
}

/** What a retry would do, in the order in which the old run came to its steps. A loop may be in both lists. */
export interface RetryForecast {
  /** Number of the version that would run; `null` for a draft, or a document that never was a version. */
  version: number | null;
  /** Not done again: their results are used. */
  kept: ForecastStep[];
  /** Done again. `reason` is `null` where all of the run is. */
  again: (ForecastStep & { reason: AgainReason | null })[];
}

/**
 * Tells the visits of an old run that a new one would keep from those it would do again. Nodes that are gone are in
 * neither list, and neither is what the run was started with.
 */
export function forecastOf(
  { rows, program, created }: OldRun,
  { steps, report }: Kept,
  { plan }: RunProgram,
): Omit<RetryForecast, 'version'> {
  const kept = new Set(steps.map(({ step }) => step));
  // What undid a step runs where that has to be undone anew.
  const left = new Set([startKey(program.plan, created.start), ...rows.map(({ step }) => undoKey(step))]);
  const stays = rows.filter(({ step, nodeId }) => plan.indexById.has(nodeId) && !left.has(step));
  const reasons = new Map(report.again.map(({ nodeId, reason }) => [nodeId, reason]));
  return {
    kept: byNode(stays.filter(({ step }) => kept.has(step))),
    again: byNode(stays.filter(({ step }) => !kept.has(step))).map((step) => ({
      ...step,
      reason: reasons.get(step.nodeId) ?? null,
    })),
  };
}

function byNode(rows: readonly StepRow[]): ForecastStep[] {
  const found = new Map<string, ForecastStep>();
  for (const { nodeId, name } of rows) {
    const step = found.get(nodeId);
    if (step) step.visits += 1;
    else found.set(nodeId, { nodeId, name, visits: 1 });
  }
  return [...found.values()];
}
