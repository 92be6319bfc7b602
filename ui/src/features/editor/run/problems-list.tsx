import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react';
import { IconButton } from '../../../shared/components/button.js';
import { useEditor, useEditorStore } from '../editor-store.js';
import { ProblemText } from '../problem-text.js';
import { t } from '../../../shared/i18n/i18n.js';

/** Each problem leads to its step and field, or to the settings. It stands below the canvas and covers nothing of it. */
export function ProblemsList({ onClose }: { onClose(): void }) {
  const problems = useEditor((state) => state.problems);
  const store = useEditorStore();
  return (
    <section
      aria-label={t('editor.problems')}
      className="thin-scroll max-h-60 shrink-0 overflow-y-auto border-t border-line bg-surface p-1"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // The step panel stays as it is.
        event.preventDefault();
        onClose();
      }}
    >
      <header className="flex items-center justify-between py-1 pr-1 pl-3">
        <h2 className="text-12 font-medium text-muted">{t('editor.problems')}</h2>
        <IconButton label={t('common.close')} className="size-6!" onClick={onClose}>
          <X size={14} />
        </IconButton>
      </header>
      {problems.length === 0 && <p className="px-3 pb-3 text-13 text-muted">{t('editor.problems.clear')}</p>}
      {problems.map((problem, index) => (
        <button
          key={index}
          type="button"
          onClick={() => {
            const isOfSettings = problem.field?.startsWith('settings.') ?? false;
            if (!problem.nodeId && !isOfSettings) return;
            store.getState().set({ problemsOpen: false });
            if (problem.nodeId) store.getState().openStep(problem.nodeId, problem.field);
            else store.getState().set({ layer: 'settings' });
          }}
          className="flex w-full items-start gap-2 rounded-md px-3 py-1.5 text-left hover:bg-subtle"
        >
          {problem.severity === 'error' ? (
            <CircleAlert size={14} aria-label={t('editor.problems.error')} className="mt-[3px] shrink-0 text-failed" />
          ) : problem.severity === 'info' ? (
            <Info size={14} aria-label={t('editor.problems.info')} className="mt-[3px] shrink-0 text-muted" />
          ) : (
            <TriangleAlert
              size={14}
              aria-label={t('editor.problems.warning')}
              className="mt-[3px] shrink-0 text-waiting"
            />
          )}
          <span className="min-w-0">
            <ProblemText problem={problem} />
          </span>
        </button>
      ))}
    </section>
  );
}
