import { CircleAlert, TriangleAlert, X } from 'lucide-react';
import { IconButton } from '../../../shared/components/button.js';
import { useDocument, useEditor, useEditorStore } from '../editor-store.js';

/** Each problem leads to its step and field. */
export function ProblemsList({ onClose }: { onClose(): void }) {
  const problems = useEditor((state) => state.problems);
  const document = useDocument();
  const store = useEditorStore();
  const nameOf = (id: string | undefined) => document.nodes.find((node) => node.id === id)?.name;
  return (
    <section
      aria-label="Problems"
      className="wf-rise thin-scroll absolute bottom-full left-3 z-20 mb-2 max-h-72 w-[420px] overflow-y-auto rounded-card bg-surface p-1 shadow-overlay"
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <header className="flex items-center justify-between py-1 pr-1 pl-3">
        <h2 className="text-12 font-medium text-muted">Problems</h2>
        <IconButton label="Close" className="size-6!" onClick={onClose}>
          <X size={14} />
        </IconButton>
      </header>
      {problems.length === 0 && (
        <p className="px-3 pb-3 text-13 text-muted">Nothing stands in the way of publishing.</p>
      )}
      {problems.map((problem, index) => (
        <button
          key={index}
          type="button"
          onClick={() => {
            if (!problem.nodeId) return;
            store.getState().openStep(problem.nodeId, problem.field);
            onClose();
          }}
          className="flex w-full items-start gap-2 rounded-md px-3 py-1.5 text-left hover:bg-subtle"
        >
          {problem.severity === 'error' ? (
            <CircleAlert size={14} aria-label="Error" className="mt-[3px] shrink-0 text-failed" />
          ) : (
            <TriangleAlert size={14} aria-label="Warning" className="mt-[3px] shrink-0 text-waiting" />
          )}
          <span className="min-w-0">
            {nameOf(problem.nodeId) && <span className="font-medium">{nameOf(problem.nodeId)}: </span>}
            {problem.message}
          </span>
        </button>
      ))}
    </section>
  );
}
