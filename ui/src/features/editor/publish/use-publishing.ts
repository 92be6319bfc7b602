import { useQueryClient } from '@tanstack/react-query';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { useMemo, useState } from 'react';
import { ApiError } from '../../../api/client.js';
import { notify, notifyError } from '../../../shared/components/toasts.js';
import { normaliseDocument } from '../../../shared/documents/normalise-document.js';
import { publish, unpublish, useVersion, useVersions, versionsKey } from '../api/versions.js';
import { replaceDocument } from '../../../shared/documents/replace-document.js';
import type { Autosave } from '../autosave.js';
import { useDocument, useEditorStore } from '../editor-store.js';
import { changesBetween } from '../graph/changes-between.js';
import type { DocumentChange } from '../graph/changes-between.js';
import { t } from '../../../shared/i18n/i18n.js';

export interface Publishing {
  /** The version that answers triggers. */
  live: number | null;
  /** The newest version there is. */
  newest: number | null;
  /** What publishing the draft would change. */
  changes: DocumentChange[];
  /** What the button says. */
  label: string;
  busy: boolean;
  /** Goes live with the draft, and a note on it, or with an older version. Resolves to whether it did. */
  publish(choice?: { version?: number; note?: string }): Promise<boolean>;
  unpublish(): Promise<void>;
  /** Makes the draft what is live, or the newest version, again. Undo brings it back. */
  discardDraft(): Promise<void>;
  /** The document the changes are counted from. */
  base: WorkflowDocument | undefined;
}

export function usePublishing(initialLive: number | null, autosave: Autosave): Publishing {
  const store = useEditorStore();
  const { workflowId } = store.getState();
  const queryClient = useQueryClient();
  const document = useDocument();
  const [live, setLive] = useState(initialLive);
  const [busy, setBusy] = useState(false);
  const versions = useVersions(workflowId);
  const newest = versions.data?.[0]?.version ?? null;
  const base = useVersion(workflowId, live ?? newest);
  const published = useMemo(
    () => (base.data?.document ? normaliseDocument(base.data.document) : undefined),
    [base.data],
  );
  const changes = useMemo(() => (published ? changesBetween(published, document) : []), [published, document]);

  const attempt = async (work: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    try {
      await work();
      await queryClient.invalidateQueries({ queryKey: versionsKey(workflowId) });
      void queryClient.invalidateQueries({ queryKey: ['workflows'] });
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.problems) store.getState().set({ problems: error.problems });
      notifyError(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return {
    live,
    newest,
    changes,
    label: labelOf(live, newest, changes),
    busy,
    publish: (choice = {}) =>
      attempt(async () => {
        if (choice.version === undefined) await autosave.flush();
        const answer = await publish(workflowId, choice);
        setLive(answer.version);
        notify(t('editor.published.live', { version: answer.version }));
      }),
    unpublish: async () => {
      await attempt(async () => {
        await unpublish(workflowId);
        setLive(null);
        notify(t('editor.published.off'));
      });
    },
    base: published,
    discardDraft: async () => {
      if (!published || changes.length === 0) {
        notify(t('editor.discard.none'));
        return;
      }
      store.getState().edit(t('editor.discard'), (draft) => replaceDocument(draft, published));
      notify(t('editor.discard.done', { version: live ?? newest ?? '' }));
    },
  };
}

function labelOf(live: number | null, newest: number | null, changes: readonly DocumentChange[]): string {
  if (newest === null) return t('editor.publish');
  if (changes.length === 0) return live === null ? t('editor.publish') : t('editor.published');
  return t('editor.publish.changes', { count: changes.length });
}
