import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { get } from '../../../api/client.js';
import type { ItemPage } from '../../../api/types.js';
import { notifyError } from '../../../shared/components/toasts.js';
import { useRunStore } from '../../../shared/runs/run-store.js';
import { useNodeEdit } from '../panel/use-node-edit.js';

const mostPinned = 1_000;

/** Keeps a step's output for tests, or lets it go. */
export function usePinning(node: WorkflowNode | undefined) {
  const runs = useRunStore();
  const edit = useNodeEdit(node?.id ?? '');
  const toggle = async () => {
    if (!node) return;
    if (node.pinned) {
      edit('Unpin output', (draft) => {
        delete draft.pinned;
      });
      return;
    }
    const { runId, progress } = runs.getState();
    const step = progress.steps[node.id];
    const stepId = step?.stepIds.at(-1);
    if (runId && step && stepId) await pinFrom({ runId, stepId, port: Object.keys(step.itemsOut)[0] });
  };
  /** Pins what the step gave in any run. */
  const pinFrom = async ({ runId, stepId, port }: { runId: string; stepId: string; port: string | undefined }) => {
    try {
      const page = await get<ItemPage>(`/api/runs/${runId}/steps/${encodeURIComponent(stepId)}/items`, {
        query: { side: 'output', port, offset: 0, limit: mostPinned },
      });
      edit('Pin output', (draft) => {
        draft.pinned = page.items.map(({ json, files }) => (files ? { json, files } : { json }));
      });
    } catch (error) {
      notifyError(error);
    }
  };
  return { toggle, pinFrom };
}
