import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { get, post } from '../../api/client.js';
import type { Workflow } from '../../api/types.js';
import { Button } from '../../shared/components/button.js';
import { notify, notifyError } from '../../shared/components/toasts.js';
import { copyName } from '../../shared/documents/copy-name.js';
import { normaliseDocument } from '../../shared/documents/normalise-document.js';
import { replaceDocument } from '../../shared/documents/replace-document.js';
import { formatInstant } from '../../shared/format/time.js';
import type { Autosave, SaveState } from './autosave.js';
import { dropCopy } from './draft-copy.js';
import type { DraftCopy } from './draft-copy.js';
import { useEditor, useEditorStore } from './editor-store.js';

function Banner({ children, actions }: { children: ReactNode; actions?: ReactNode }) {
  return (
    <div
      role="alert"
      className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-waiting-soft px-4 py-2 text-13"
    >
      <span className="min-w-0 flex-1">{children}</span>
      {actions}
    </div>
  );
}

/** Someone saved in the meantime: nothing is overwritten without asking, and nothing is lost. */
export function ConflictBanner({ autosave, onState }: { autosave: Autosave; onState(state: SaveState): void }) {
  const conflicted = useEditor((state) => state.conflicted);
  const { savedBy, savedAt } = useEditor((state) => state.conflictWith) ?? {};
  const store = useEditorStore();
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);
  if (!conflicted) return null;
  const attempt = (work: () => Promise<void>) => async () => {
    setBusy(true);
    await work().catch(notifyError);
    setBusy(false);
  };
  const load = () => get<Workflow>(`/api/workflows/${store.getState().workflowId}`);
  const takeTheirs = attempt(async () => {
    const theirs = await load();
    const document = normaliseDocument(theirs.draft);
    store.getState().edit('Take their draft', (draft) => replaceDocument(draft, document));
    store.getState().set({ saved: store.getState().history.document, revision: theirs.revision, conflicted: false });
    dropCopy(theirs.id);
    onState({ kind: 'saved' });
    notify('This is their draft. Undo brings yours back.');
  });
  const keepCopy = attempt(async () => {
    const mine = store.getState().history.document;
    await post<Workflow>('/api/workflows', { ...mine, name: copyName(mine.name, ' (my copy)') });
    void queryClient.invalidateQueries({ queryKey: ['workflows'] });
    await takeTheirs();
    notify('Your draft is a workflow of its own now, “my copy”.');
  });
  const viewDiff = attempt(async () => {
    const theirs = await load();
    const { history, set } = store.getState();
    set({
      comparing: { title: 'Their draft and yours', before: normaliseDocument(theirs.draft), after: history.document },
    });
  });
  const overwrite = attempt(async () => {
    const theirs = await load();
    store.getState().set({ revision: theirs.revision, conflicted: false });
    await autosave.flush();
  });
  return (
    <Banner
      actions={
        <>
          <Button dense disabled={busy} onClick={() => void viewDiff()}>
            View the differences
          </Button>
          <Button dense disabled={busy} onClick={() => void keepCopy()}>
            Keep mine as a copy
          </Button>
          <Button dense disabled={busy} onClick={() => void takeTheirs()}>
            Take theirs
          </Button>
          <Button dense variant="danger" disabled={busy} onClick={() => void overwrite()}>
            Overwrite theirs
          </Button>
        </>
      }
    >
      <b className="font-semibold">This workflow was saved somewhere else meanwhile.</b>
      {savedBy && ` By ${savedBy}${savedAt ? `, ${formatInstant(savedAt)}` : ''}.`} Your changes are kept in this
      browser and not saved.
    </Banner>
  );
}

/** Changes that never reached the server are offered again. */
export function RestoreBanner({ copy, onDone }: { copy: DraftCopy | undefined; onDone(): void }) {
  const store = useEditorStore();
  if (!copy) return null;
  const restore = () => {
    store.getState().edit('Restore unsaved changes', (draft) => replaceDocument(draft, copy.document));
    onDone();
  };
  const discard = () => {
    dropCopy(store.getState().workflowId);
    onDone();
  };
  return (
    <Banner
      actions={
        <>
          <Button dense variant="primary" onClick={restore}>
            Restore
          </Button>
          <Button dense onClick={discard}>
            Discard
          </Button>
        </>
      }
    >
      This browser has changes from {formatInstant(copy.at)} that were not saved.
    </Banner>
  );
}
