import { useQueryClient } from '@tanstack/react-query';
import { post } from '../../api/client.js';
import type { Workflow } from '../../api/types.js';
import { notify, notifyError } from '../../shared/components/toasts.js';
import { longestName } from '../../shared/documents/copy-name.js';
import { newId } from '../../shared/hooks/new-id.js';
import { publish } from './api/versions.js';
import { useEditorStore } from './editor-store.js';
import { t } from '../../shared/i18n/i18n.js';

/** Moves the selected steps into a workflow of their own, which goes live so that it can be called. */
export function useExtract() {
  const store = useEditorStore();
  const queryClient = useQueryClient();
  return async () => {
    const { extractWorkflow, replaceByCall } = await import('./graph/extract-workflow.js');
    const { history, selection, catalog } = store.getState();
    const name = `${history.document.name}: part`.slice(0, longestName);
    const extracted = extractWorkflow(history.document, new Set(selection.nodes), name, (type) =>
      catalog.isTrigger(type),
    );
    if ('refusal' in extracted) {
      notify(extracted.refusal);
      return;
    }
    try {
      const { id: workflowId } = await post<Workflow>('/api/workflows', extracted.document);
      const id = newId();
      store.getState().edit(t('editor.extract'), (draft) => replaceByCall(draft, extracted.seam, { id, workflowId }));
      store.getState().openStep(id);
      void queryClient.invalidateQueries({ queryKey: ['workflows'] });
      await publish(workflowId, {});
      notify(t('editor.extract.done', { name }));
    } catch (error) {
      notifyError(error);
    }
  };
}
