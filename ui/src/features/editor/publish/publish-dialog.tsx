import { useState } from 'react';
import { CircleAlert } from 'lucide-react';
import { Button } from '../../../shared/components/button.js';
import { Dialog } from '../../../shared/components/dialog.js';
import { useDocument, useEditor, useEditorStore } from '../editor-store.js';
import { ProblemText } from '../problem-text.js';
import { t } from '../../../shared/i18n/i18n.js';
import { formatInstant, formatInstantFully } from '../../../shared/format/time.js';
import { useChangeAuthors } from '../api/versions.js';
import type { ChangeAuthor } from '../api/versions.js';
import { changesBetween } from '../graph/changes-between.js';
import type { DocumentChange } from '../graph/changes-between.js';
import { ReplayCheck } from './replay-check.js';
import type { Publishing } from './use-publishing.js';

/** What will be live, and what must be mended first. */
export function PublishDialog({
  open,
  onClose,
  publishing,
}: {
  open: boolean;
  onClose(): void;
  publishing: Publishing;
}) {
  const problems = useEditor((state) => state.problems).filter((problem) => problem.severity === 'error');
  const document = useDocument();
  const revision = useEditor((state) => state.revision);
  const store = useEditorStore();
  const [note, setNote] = useState('');
  const authors = useChangeAuthors(store.getState().workflowId, revision, open);
  const rows = publishing.newest === null ? changesBetween({ ...document, nodes: [] }, document) : publishing.changes;
  const next = (publishing.newest ?? 0) + 1;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={publishing.newest === null ? t('editor.publish.workflow') : t('editor.publish.draft')}
      description={t('editor.publish.text', { version: next })}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            disabled={problems.length > 0 || publishing.busy}
            onClick={() =>
              void publishing.publish({ note }).then((done) => {
                if (!done) return;
                setNote('');
                onClose();
              })
            }
          >
            {publishing.busy ? t('editor.publish.busy') : t('editor.publish')}
          </Button>
        </>
      }
    >
      {problems.length > 0 && (
        <section className="mb-4">
          <h3 className="mb-1 text-12 font-medium text-muted">{t('editor.publish.mend')}</h3>
          {problems.map((problem, index) => (
            <button
              key={index}
              type="button"
              onClick={() => {
                onClose();
                if (problem.nodeId) store.getState().openStep(problem.nodeId, problem.field);
              }}
              className="flex w-full items-start gap-2 rounded-md px-2 py-1.5 text-left hover:bg-subtle"
            >
              <CircleAlert size={14} aria-hidden className="mt-[3px] shrink-0 text-failed" />
              <span>
                <ProblemText problem={problem} />
              </span>
            </button>
          ))}
        </section>
      )}
      <section>
        <h3 className="mb-1 text-12 font-medium text-muted">
          {publishing.newest === null
            ? t('editor.section.Steps')
            : publishing.changes.length > 0
              ? t('editor.compare.changes')
              : t('editor.publish.noChanges')}
        </h3>
        {publishing.base && publishing.changes.length > 0 && (
          <Button
            dense
            className="mb-2"
            onClick={() => {
              onClose();
              store.getState().set({
                comparing: {
                  title: t('editor.publish.compare'),
                  before: publishing.base ?? document,
                  after: document,
                },
              });
            }}
          >
            {t('editor.publish.look')}
          </Button>
        )}
        <ul>
          {rows.map((change, index) => (
            <ChangeRow key={index} change={change} author={authors.data?.get(change.part)} />
          ))}
        </ul>
      </section>
      <label className="mt-4 block">
        <span className="mb-1 block text-12 font-medium text-muted">{t('editing.note')}</span>
        <textarea
          value={note}
          rows={2}
          maxLength={2000}
          placeholder={t('editing.noteHint')}
          onChange={(event) => setNote(event.target.value)}
          className="w-full resize-y rounded-md border border-line-strong bg-surface px-2 py-1.5 text-13"
        />
      </label>
      {publishing.newest !== null && problems.length === 0 && <ReplayCheck />}
    </Dialog>
  );
}

const marks: Record<DocumentChange['kind'], { sign: string; look: string }> = {
  added: { sign: '+', look: 'text-ok' },
  removed: { sign: '−', look: 'text-failed' },
  changed: { sign: '~', look: 'text-waiting' },
  moved: { sign: '↔', look: 'text-faint' },
};

function ChangeRow({ change, author }: { change: DocumentChange; author: ChangeAuthor | undefined }) {
  const mark = marks[change.kind];
  return (
    <li className="flex items-center gap-2 px-2 py-1">
      <span aria-hidden className={`w-3 text-center font-mono font-semibold ${mark.look}`}>
        {mark.sign}
      </span>
      <span className="min-w-0 truncate">{change.what}</span>
      <span className="text-12 text-faint">{change.kind === 'moved' ? t('editor.mark.moved') : change.kind}</span>
      {author && change.kind !== 'moved' && (
        <span className="ml-auto shrink-0 text-12 text-muted" title={formatInstantFully(author.at)}>
          {t('editing.changedBy', { name: author.name ?? t('editing.somebody'), when: formatInstant(author.at) })}
        </span>
      )}
    </li>
  );
}
