import type { StepKey, StepVisit } from '../../interpreter/run-events.types.js';
import type { StepRow } from '../journal/run-row.types.js';
import type { RetryRun } from '../run-control.schemas.js';
import type { OldRun } from './kept-journal.service.js';

/** What a retry does again first: all visits of a node, or one visit. */
export interface RetryTarget {
  from: { nodeId: string } | { step: StepKey };
  /** `undefined` where the old run has no such visit. */
  nodeId: string | undefined;
  /** For people. */
  name: string;
  is(row: Pick<StepRow, 'step' | 'nodeId'>): boolean;
  isVisit(visit: StepVisit): boolean;
}

/** @returns undefined where the body names none */
export function targetOf({ rows, program }: OldRun, { from, step }: RetryRun): RetryTarget | undefined {
  if (step !== undefined) {
    const row = rows.find((each) => each.step === step);
    return {
      from: { step },
      nodeId: row?.nodeId,
      name: row === undefined ? `a step ${step}` : `"${row.name}"`,
      is: (each) => each.step === step,
      isVisit: ({ key }) => key === step,
    };
  }
  if (from === undefined) return undefined;
  const name = program.plan.nodes.find(({ id }) => id === from)?.name ?? from;
  return {
    from: { nodeId: from },
    nodeId: from,
    name: `"${name}"`,
    is: ({ nodeId }) => nodeId === from,
    isVisit: ({ nodeId }) => nodeId === from,
  };
}
