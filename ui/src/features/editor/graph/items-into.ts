import type { Connection } from '@wfaib/sdk/workflow-document';
import type { StepProgress } from '../../../shared/runs/run-progress.js';

/** How many items a run has sent to a step, over all its connections. */
export function itemsInto(
  nodeId: string,
  connections: readonly Connection[],
  steps: Readonly<Record<string, Pick<StepProgress, 'itemsOut'>>>,
): number {
  return connections
    .filter(({ to }) => to.node === nodeId)
    .reduce((sum, { from }) => sum + (steps[from.node]?.itemsOut[from.port] ?? 0), 0);
}
