import { Link } from '@tanstack/react-router';
import { Button } from '../../../shared/components/button.js';
import { Dialog } from '../../../shared/components/dialog.js';
import { Loading } from '../../../shared/components/page.js';
import { notify, notifyError } from '../../../shared/components/toasts.js';
import { normaliseDocument } from '../../../shared/documents/normalise-document.js';
import { replaceDocument } from '../../../shared/documents/replace-document.js';
import { formatInstant, formatInstantFully } from '../../../shared/format/time.js';
import { getVersion, useVersions } from '../api/versions.js';
import { useEditorStore } from '../editor-store.js';
import type { Publishing } from './use-publishing.js';

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
  const { workflowId } = store.getState();
  const versions = useVersions(workflowId);
  const restore = async (version: number) => {
    try {
      const { document } = await getVersion(workflowId, version);
      if (!document) return;
      store
        .getState()
        .edit(`Restore version ${version}`, (draft) => replaceDocument(draft, normaliseDocument(document)));
      notify(`The draft is version ${version} again. Undo brings your draft back.`);
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
      store.getState().set({ comparing: { title: `Version ${version}`, before: shown, after: shown } });
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
      store
        .getState()
        .set({ comparing: { title: `Version ${version} and the draft`, before: normaliseDocument(document), after } });
      onClose();
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <Dialog open={open} onClose={onClose} title="Versions" width={760}>
      {versions.isPending && <Loading />}
      {versions.data?.length === 0 && <p className="text-13 text-muted">Nothing was published yet.</p>}
      <ul>
        {versions.data?.map(({ version, createdAt, createdBy, note }) => (
          <li key={version} className="flex items-center gap-3 border-b border-line py-2 last:border-0">
            <span className="w-10 font-semibold">v{version}</span>
            <span className="min-w-0 flex-1 truncate text-12 text-muted" title={formatInstantFully(createdAt)}>
              {formatInstant(createdAt)}
              {createdBy ? ` · ${createdBy}` : ''}
              {note ? ` · ${note}` : ''}
            </span>
            {publishing.live === version && <span className="text-12 font-medium text-ok">● Live</span>}
            <Link
              to="/runs"
              search={{ workflowId, version: String(version) }}
              className="text-12 text-muted underline-offset-2 hover:text-ink hover:underline"
            >
              Runs
            </Link>
            <Button dense onClick={() => void look(version)}>
              View
            </Button>
            <Button dense onClick={() => void compare(version)}>
              Compare
            </Button>
            <Button dense onClick={() => void restore(version)}>
              Restore to draft
            </Button>
            {publishing.live !== version && (
              <Button dense disabled={publishing.busy} onClick={() => void publishing.publish(version)}>
                Go live
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
