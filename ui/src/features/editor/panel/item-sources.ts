import type { Item } from '@wfaib/sdk/items';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import type { StepProgress } from '../../../shared/runs/run-progress.js';

/** Where sample items come from: a page of a step of the run, or pinned items. */
export interface ItemSourceQuery {
  nodeId: string;
  stepId: string;
  side: 'input' | 'output';
  port?: string;
  pinned?: Item[];
}

interface ItemSources {
  input: ItemSourceQuery | undefined;
  /** In the order of `upstream`; `undefined` where the step did not run. */
  upstream: (ItemSourceQuery | undefined)[];
}

/** A step that has not run yet is tried with what its predecessor gave. */
export function itemSources(
  document: WorkflowDocument,
  nodeId: string,
  upstream: readonly string[],
  steps: Readonly<Record<string, StepProgress>>,
): ItemSources {
  const ownStep = steps[nodeId]?.stepIds.at(-1);
  const entry = document.connections.find(
    ({ from, to }) => to.node === nodeId && outputOf(document, from.node, steps, from.port),
  );
  return {
    input: ownStep
      ? { nodeId, stepId: ownStep, side: 'input' }
      : entry && outputOf(document, entry.from.node, steps, entry.from.port),
    upstream: upstream.map((id) => outputOf(document, id, steps)),
  };
}

function outputOf(
  document: WorkflowDocument,
  nodeId: string,
  steps: Readonly<Record<string, StepProgress>>,
  port?: string,
): ItemSourceQuery | undefined {
  const pinned = document.nodes.find((node) => node.id === nodeId)?.pinned;
  if (pinned)
    return { nodeId, stepId: '', side: 'output', pinned: pinned.map((item) => ({ ...item, source: [] }) as Item) };
  const progress = steps[nodeId];
  const stepId = progress?.stepIds.at(-1);
  if (!progress || !stepId) return undefined;
  const wanted = port ?? Object.keys(progress.itemsOut)[0];
  if (port !== undefined && !progress.itemsOut[port]) return undefined;
  return { nodeId, stepId, side: 'output', ...(wanted ? { port: wanted } : {}) };
}
