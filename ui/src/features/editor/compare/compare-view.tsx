import { X } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Button } from '../../../shared/components/button.js';
import { formatNumber } from '../../../shared/format/count.js';
import { useEditor, useEditorStore } from '../editor-store.js';
import type { Comparison } from '../editor-store.js';
import { changesBetween } from '../graph/changes-between.js';
import { fieldChanges } from '../graph/field-changes.js';
import type { FieldChange } from '../graph/field-changes.js';
import { changeMarks, changeWord } from './change-marks.js';
import { CompareCanvas } from './compare-canvas.js';
import { t } from '../../../shared/i18n/i18n.js';

/** What is different between two states of the workflow: on the canvas, as a list, and field by field. */
export function CompareView({ comparison }: { comparison: Comparison }) {
  const { title, before, after } = comparison;
  const store = useEditorStore();
  const catalog = useEditor((state) => state.catalog);
  const [shown, setShown] = useState<string>();
  const changes = useMemo(() => changesBetween(before, after), [before, after]);
  const moved = changes.filter(({ kind }) => kind === 'moved');
  const others = changes.filter(({ kind }) => kind !== 'moved');
  const nodeId = shown ?? others.find((change) => change.nodeId)?.nodeId;
  const [old, fresh] = [before, after].map((document) => document.nodes.find(({ id }) => id === nodeId));
  const show = useCallback((id: string) => setShown(id), []);
  const leave = useCallback(() => store.getState().set({ comparing: undefined }), [store]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && leave();
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [leave]);
  return (
    <section aria-label={title} className="flex min-h-0 flex-1 flex-col bg-canvas">
      <header className="flex h-10 shrink-0 items-center gap-3 border-b border-line bg-surface px-4">
        <h2 className="font-semibold">{title}</h2>
        <span className="text-12 text-muted">
          {others.length === 0 ? t('editor.compare.none') : t('editor.changes', { count: others.length })}
        </span>
        <div className="flex-1" />
        <Button dense autoFocus icon={<X size={14} />} onClick={leave} title="Esc">
          {t('editor.compare.back')}
        </Button>
      </header>
      <div className="flex min-h-0 flex-1">
        <div className="min-w-0 flex-1">
          <CompareCanvas before={before} after={after} changes={changes} onShow={show} />
        </div>
        <aside className="thin-scroll w-[420px] max-w-[45%] shrink-0 overflow-y-auto border-l border-line bg-surface p-3">
          <ul aria-label={t('editor.compare.changes')} className="mb-3">
            {others.map((change, index) => (
              <li key={index}>
                <button
                  type="button"
                  disabled={!change.nodeId}
                  aria-current={change.nodeId !== undefined && change.nodeId === nodeId}
                  onClick={() => setShown(change.nodeId)}
                  className="flex w-full items-center gap-2 rounded-md px-2 py-1 text-left enabled:hover:bg-subtle aria-[current=true]:bg-subtle"
                >
                  <span aria-hidden className={`w-3 font-mono font-semibold ${changeMarks[change.kind].look}`}>
                    {changeMarks[change.kind].sign}
                  </span>
                  <span className="min-w-0 flex-1 truncate">{change.what}</span>
                  <span className="text-12 text-muted">{changeWord(change.kind)}</span>
                </button>
              </li>
            ))}
            {moved.length > 0 && (
              <li className="px-2 py-1 text-12 text-muted">{t('editor.onlyMoved', { count: moved.length })}</li>
            )}
          </ul>
          {(old ?? fresh) && (
            <div aria-label={t('editor.compare.fields', { name: (fresh ?? old)?.name ?? '' })} role="region">
              <h3 className="mb-2 font-semibold">{(fresh ?? old)?.name}</h3>
              {fieldChanges(old, fresh, catalog.find((fresh ?? old)?.type ?? '')).map((change) => (
                <Field key={change.label} change={change} />
              ))}
            </div>
          )}
        </aside>
      </div>
    </section>
  );
}

/** Characters of a value that are drawn: a page that draws megabytes stands still. */
const longestShown = 20_000;

function Field({ change: { label, before, after } }: { change: FieldChange }) {
  return (
    <div className="mb-3">
      <h4 className="text-12 font-medium text-muted">{label}</h4>
      {before !== undefined && <Value sign="−" text={before} look="bg-failed-soft" />}
      {after !== undefined && <Value sign="+" text={after} look="bg-accent-soft" />}
    </div>
  );
}

function Value({ sign, text, look }: { sign: string; text: string; look: string }) {
  return (
    <pre
      className={`thin-scroll mt-1 flex max-h-60 gap-2 overflow-auto rounded-md px-2 py-1 font-mono text-12 ${look}`}
    >
      <span aria-label={t(sign === '+' ? 'editor.compare.after' : 'editor.compare.before')}>{sign}</span>
      <code className="break-words whitespace-pre-wrap">
        {text.slice(0, longestShown)}
        {text.length > longestShown && (
          <i className="block text-muted">
            {t('editor.compare.cut', { shown: formatNumber(longestShown), total: formatNumber(text.length) })}
          </i>
        )}
      </code>
    </pre>
  );
}
