import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { useEffect } from 'react';
import { get } from '../../../api/client.js';
import { notifyError } from '../../../shared/components/toasts.js';
import { normaliseDocument } from '../../../shared/documents/normalise-document.js';
import { t } from '../../../shared/i18n/i18n.js';
import { useEditorStore } from '../editor-store.js';

/** Opens with what changed since a run: the document that ran beside the draft. */
export function useAskedComparison(runId: string | undefined): void {
  const store = useEditorStore();
  useEffect(() => {
    if (runId === undefined) return;
    const asked = new AbortController();
    get<WorkflowDocument>(`/api/runs/${encodeURIComponent(runId)}/document`, { signal: asked.signal })
      .then((ran) => {
        const title = t('editor.compare.ranAndDraft', { id: runId.slice(-8) });
        const after = store.getState().history.document;
        store.getState().set({ comparing: { title, before: normaliseDocument(ran), after } });
      })
      .catch((error: unknown) => {
        if (!asked.signal.aborted) notifyError(error);
      });
    return () => asked.abort();
  }, [store, runId]);
}
