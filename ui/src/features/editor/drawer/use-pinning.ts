import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { get } from '../../../api/client.js';
import type { ItemPage } from '../../../api/types.js';
import { formatNumber } from '../../../shared/format/count.js';
import { notify, notifyError } from '../../../shared/components/toasts.js';
import { useRunStore } from '../../../shared/runs/run-store.js';
import { outputPorts } from '../../../shared/steps/ports.js';
import { useEditorStore } from '../editor-store.js';
import { useNodeEdit } from '../panel/use-node-edit.js';
import { pinnedWayOut } from './pinned-way-out.js';
import { shownOutput } from './shown-output.js';
import type { ShownOutput } from './shown-output.js';
import { t } from '../../../shared/i18n/i18n.js';

const mostPinned = 1_000;

/** Keeps the output of a step that is looked at for tests, or lets it go. */
export function usePinning(node: WorkflowNode | undefined) {
  const store = useEditorStore();
  const runs = useRunStore();
  const edit = useNodeEdit(node?.id ?? '');
  const toggle = async () => {
    if (!node) return;
    if (node.pinned) {
      edit(t('editor.pinned.unpin'), (draft) => {
        delete draft.pinned;
      });
      return;
    }
    const shown = shownOutput(runs.getState(), node.id, store.getState().looked);
    if (shown) await pinFrom(shown);
  };
  /** Pins what the step gave in any run. */
  const pinFrom = async ({ runId, stepId, port }: Pick<ShownOutput, 'runId' | 'stepId' | 'port'>) => {
    try {
      const page = await get<ItemPage>(`/api/runs/${runId}/steps/${encodeURIComponent(stepId)}/items`, {
        query: { side: 'output', port, offset: 0, limit: mostPinned },
      });
      edit(t('editor.pinned.pin'), (draft) => {
        draft.pinned = page.items.map(({ json, files }) => (files ? { json, files } : { json }));
      });
      const ports = node ? outputPorts(node, store.getState().catalog.find(node.type)) : [];
      const wayOut = port === ports[0]?.name ? undefined : pinnedWayOut(ports);
      if (wayOut) notify(wayOut);
      const { length: count } = page.items;
      const total = page.total ?? count;
      if (total > count) notify(t('editor.pinned.some', { count, total: formatNumber(total) }));
    } catch (error) {
      notifyError(error);
    }
  };
  return { toggle, pinFrom };
}
