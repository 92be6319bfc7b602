import { Link } from '@tanstack/react-router';
import { Button } from '../../../shared/components/button.js';
import { Dialog } from '../../../shared/components/dialog.js';
import { Loading } from '../../../shared/components/page.js';
import { notify, notifyError } from '../../../shared/components/toasts.js';
import { normaliseDocument } from '../../../shared/documents/normalise-document.js';
import { replaceDocument } from '../../../shared/documents/replace-document.js';
import { formatInstant, formatInstantFully } from '../../../shared/format/time.js';
import { getVersion, useVersions } from '../api/versions.js';
import { VersionNote } from './version-note.js';
import { isWatching, useEditor, useEditorStore } from '../editor-store.js';
import type { Publishing } from './use-publishing.js';
import { t } from '../../../shared/i18n/i18n.js';

/** All versions; any of them can be made live again or taken back into the draft. */
export function VersionsDialog({
  open,
  onClose,
  publishing,
}: {
  open: boolean;
  onClose(): void;
  publishing: Publishing;
}) {
  const store = useEditorStore();
  const watching = useEditor(isWatching);
  const { workflowId } = store.getState();
  const versions = useVersions(workflowId);
  const restore = async (version: number) => {
    try {
      const { document } = await getVersion(workflowId, version);
      if (!document) return;
      store
        .getState()
        .edit(t('editor.versions.restore', { version }), (draft) =>
          replaceDocument(draft, normaliseDocument(document)),
        );
      notify(t('editor.versions.restored', { version }));
      onClose();
    } catch (error) {
      notifyError(error);
    }
  };
  const look = async (version: number) => {
    try {
      const { document } = await getVersion(workflowId, version);
      if (!document) return;
      const shown = normaliseDocument(document);
      store
        .getState()
        .set({ comparing: { title: t('editor.versions.one', { version }), before: shown, after: shown } });
      onClose();
    } catch (error) {
      notifyError(error);
    }
  };
  const compare = async (version: number) => {
    try {
      const { document } = await getVersion(workflowId, version);
      if (!document) return;
      const after = store.getState().history.document;
      store.getState().set({
        comparing: { title: t('editor.versions.compare', { version }), before: normaliseDocument(document), after },
      });
      onClose();
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <Dialog open={open} onClose={onClose} title={t('editor.versions')} width={760}>
      {versions.isPending && <Loading />}
      {versions.data?.length === 0 && <p className="text-13 text-muted">{t('editor.versions.none')}</p>}
      <ul>
        {versions.data?.map(({ version, createdAt, createdBy, note }) => (
          <li key={version} className="flex flex-wrap items-center gap-3 border-b border-line py-2 last:border-0">
            <span className="w-10 font-semibold">v{version}</span>
            <div className="min-w-0 flex-1">
              <p className="truncate text-12 text-muted" title={formatInstantFully(createdAt)}>
                {formatInstant(createdAt)}
                {createdBy ? ` · ${createdBy}` : ''}
              </p>
            </div>
            {publishing.live === version && (
              <span className="text-12 font-medium text-ok">{t('editor.versions.live')}</span>
            )}
            <Link
              to="/runs"
              search={{ workflowId, version: String(version) }}
              className="text-12 text-muted underline-offset-2 hover:text-ink hover:underline"
            >
              {t('shell.runs')}
            </Link>
            <Button dense onClick={() => void look(version)}>
              {t('editor.versions.view')}
            </Button>
            <Button dense onClick={() => void compare(version)}>
              {t('editor.versions.compareShort')}
            </Button>
            <Button
              dense
              disabled={watching}
              title={watching ? t('editing.notNow') : undefined}
              onClick={() => void restore(version)}
            >
              {t('editor.versions.toDraft')}
            </Button>
            {publishing.live !== version && (
              <Button dense disabled={publishing.busy} onClick={() => void publishing.publish({ version })}>
                {t('editor.live.go')}
              </Button>
            )}
            <VersionNote workflowId={workflowId} version={version} note={note ?? ''} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
