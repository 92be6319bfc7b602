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
import type { FoundCopy } from './draft-copy.js';
import { useEditor, useEditorStore } from './editor-store.js';
import { t } from '../../shared/i18n/i18n.js';

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
    store.getState().take(t('editor.conflict.takeTheirs'), document, theirs.revision);
    onState({ kind: 'saved' });
    notify(t('editor.conflict.taken'));
  });
  const keepCopy = attempt(async () => {
    const mine = store.getState().history.document;
    await post<Workflow>('/api/workflows', { ...mine, name: copyName(mine.name, t('editor.conflict.copySuffix')) });
    void queryClient.invalidateQueries({ queryKey: ['workflows'] });
    await takeTheirs();
    notify(t('editor.conflict.copied'));
  });
  const viewDiff = attempt(async () => {
    const theirs = await load();
    const { history, set } = store.getState();
    set({
      comparing: {
        title: t('editor.conflict.compare'),
        before: normaliseDocument(theirs.draft),
        after: history.document,
      },
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
            {t('editor.conflict.view')}
          </Button>
          <Button dense disabled={busy} onClick={() => void keepCopy()}>
            {t('editor.conflict.keepMine')}
          </Button>
          <Button dense disabled={busy} onClick={() => void takeTheirs()}>
            {t('editor.conflict.take')}
          </Button>
          <Button dense variant="danger" disabled={busy} onClick={() => void overwrite()}>
            {t('editor.conflict.overwrite')}
          </Button>
        </>
      }
    >
      <b className="font-semibold">{t('editor.conflict.text')}</b>{' '}
      {savedBy &&
        (savedAt
          ? t('editor.conflict.byAt', { name: savedBy, time: formatInstant(savedAt) })
          : t('editor.conflict.by', { name: savedBy }))}{' '}
      {t('editor.conflict.kept')}
    </Banner>
  );
}

/**
 * Changes that never reached the server are offered again. They come back with the revision they were made to: where
 * somebody saved since, the save meets the conflict, and nothing is overwritten without asking.
 */
export function RestoreBanner({ copy, autosave }: { copy: FoundCopy; autosave: Autosave }) {
  const store = useEditorStore();
  const isOlder = useEditor((state) => state.revision !== copy.revision);
  const done = () => {
    dropCopy(copy.name);
    autosave.lookForCopies();
  };
  const restore = () => {
    store.getState().set({ revision: copy.revision });
    store.getState().edit(t('editor.restore.undo'), (draft) => replaceDocument(draft, copy.document));
    done();
    void autosave.flush().catch(() => undefined);
  };
  return (
    <Banner
      actions={
        <>
          <Button dense variant="primary" onClick={restore}>
            {t('editor.restore.action')}
          </Button>
          <Button dense onClick={done}>
            {t('editor.restore.discard')}
          </Button>
        </>
      }
    >
      {t('editor.restore.text', { time: formatInstant(copy.at) })} {isOlder && t('editor.restore.older')}
    </Banner>
  );
}
