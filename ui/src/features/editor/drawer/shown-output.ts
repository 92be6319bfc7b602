import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import type { StepProgress } from '../../../shared/runs/run-progress.js';
import { stepsWithEarlier } from '../../../shared/runs/run-store.js';
import type { RunState } from '../../../shared/runs/run-store.js';

/** What a person chose to look at, of a step that ran several times or has several ways out. */
export interface LookedAt {
  /** Which time it ran, from 0; the last one where nobody chose. */
  visit?: number | undefined;
  /** By which way out the items left; the first one where nobody chose. */
  port?: string | undefined;
}

/** The items of a step that are looked at: of which run, which time, and which way out. */
export interface ShownOutput {
  runId: string;
  stepId: string;
  step: StepProgress;
  ports: readonly string[];
  port: string | undefined;
}

/** `undefined` where the step has not run. */
export function shownOutput(
  runs: Pick<RunState, 'runId' | 'progress' | 'earlier'>,
  nodeId: string,
  { visit, port }: LookedAt,
): ShownOutput | undefined {
  const { steps, runOf } = stepsWithEarlier(runs);
  const [step, runId] = [steps[nodeId], runOf(nodeId)];
  const stepId = step?.stepIds[visit ?? -1] ?? step?.stepIds.at(-1);
  if (!step || !stepId || !runId) return undefined;
  const ports = Object.keys(step.itemsOut);
  return { runId, stepId, step, ports, port: ports.find((name) => name === port) ?? ports[0] };
}

/** What came into a step; where it has not run, what the step before it gave. */
export function shownInput(
  { connections }: WorkflowDocument,
  runs: Pick<RunState, 'runId' | 'progress' | 'earlier'>,
  nodeId: string,
  looked: LookedAt,
): (ShownOutput & { side: 'input' | 'output' }) | undefined {
  const own = shownOutput(runs, nodeId, looked);
  if (own) return { ...own, side: 'input', port: undefined };
  for (const { from } of connections.filter(({ to }) => to.node === nodeId)) {
    const before = shownOutput(runs, from.node, { port: from.port });
    if (before?.port === from.port) return { ...before, side: 'output' };
  }
  return undefined;
}
