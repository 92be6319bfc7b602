import type { Item } from '@wfaib/sdk/items';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { get } from '../../../api/client.js';
import type { ItemPage, Page, Run, RunSummary } from '../../../api/types.js';
import type { RunState } from '../../../shared/runs/run-store.js';
import { stepsWithEarlier } from '../../../shared/runs/run-store.js';
import { itemSources } from '../panel/item-sources.js';

const mostItems = 1_000;

/** The items a step would get: those of its last run, else what the step before it gave or has pinned. */
export async function stepInput(
  document: WorkflowDocument,
  nodeId: string,
  runs: RunState,
): Promise<Item[] | undefined> {
  const { steps, runOf } = stepsWithEarlier(runs);
  const { input } = itemSources(document, nodeId, [], steps);
  if (!input) return undefined;
  if (input.pinned) return input.pinned;
  const runId = runOf(input.nodeId);
  if (!runId) return undefined;
  return loadItems(runId, input.stepId, input.side, input.port);
}

/** What a trigger gave in the newest run of a mode; `undefined` where there was none. */
export async function lastEvent(
  workflowId: string,
  triggerId: string,
  wanted: RunSummary['mode'],
): Promise<Item[] | undefined> {
  const { items } = await get<Page<RunSummary>>('/api/runs', { query: { workflowId } });
  const newest = items.find(({ mode }) => mode === wanted);
  if (!newest) return undefined;
  const run = await get<Run>(`/api/runs/${newest.id}`);
  const step = run.steps.find(({ nodeId }) => nodeId === triggerId);
  return step && loadItems(run.id, step.id, 'output');
}

async function loadItems(runId: string, stepId: string, side: 'input' | 'output', port?: string): Promise<Item[]> {
  const page = await get<ItemPage>(`/api/runs/${runId}/steps/${encodeURIComponent(stepId)}/items`, {
    query: { side, port, offset: 0, limit: mostItems },
  });
  return page.items;
}
