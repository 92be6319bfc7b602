import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { IconButton } from '../../../shared/components/button.js';
import { useDocument, useEditor, useEditorStore } from '../editor-store.js';
import { findInWorkflow } from '../graph/find-in-workflow.js';
import type { Finding } from '../graph/find-in-workflow.js';
import { t } from '../../../shared/i18n/i18n.js';

/** Walks through every place of the workflow that holds a text. */
export function FindBar({ onClose }: { onClose(): void }) {
  const store = useEditorStore();
  const document = useDocument();
  const catalog = useEditor((state) => state.catalog);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const found = useMemo(() => findInWorkflow(document, catalog, text), [document, catalog, text]);
  const show = (finding: Finding | undefined) => {
    if (finding?.nodeId) store.getState().select({ nodes: [finding.nodeId] });
    if (finding?.noteId) store.getState().select({ notes: [finding.noteId] });
  };
  const go = (index: number) => {
    if (found.length === 0) return;
    const next = (index + found.length) % found.length;
    setAt(next);
    show(found[next]);
  };
  const openAt = (index: number) => {
    const finding = found[index];
    if (!finding) return;
    if (finding.nodeId) store.getState().openStep(finding.nodeId, finding.field);
    else show(finding);
    onClose();
  };
  return (
    <section
      aria-label={t('editor.find.title')}
      data-find
      className="wf-rise absolute top-3 right-3 z-20 w-80 rounded-card bg-surface shadow-overlay"
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          onClose();
        } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
          event.preventDefault();
          if (event.ctrlKey || event.metaKey) openAt(at);
          else go(at + (event.shiftKey ? -1 : 1));
        }
      }}
    >
      <div className="flex items-center gap-1 p-1.5">
        <input
          autoFocus
          aria-label={t('editor.find.text')}
          placeholder={t('editor.find.placeholder')}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
            show(findInWorkflow(document, catalog, event.target.value)[0]);
          }}
          className="field-input h-8 min-w-0 flex-1"
        />
        <span role="status" className="px-1 text-12 whitespace-nowrap text-muted">
          {text === ''
            ? ''
            : found.length === 0
              ? t('editor.find.nothing')
              : t('editor.find.at', { at: at + 1, total: found.length })}
        </span>
        <IconButton label={t('editor.find.previous')} keys="Shift+Enter" onClick={() => go(at - 1)}>
          <ChevronUp size={15} />
        </IconButton>
        <IconButton label={t('editor.find.next')} keys="Enter" onClick={() => go(at + 1)}>
          <ChevronDown size={15} />
        </IconButton>
        <IconButton label={t('common.close')} keys="Esc" onClick={onClose}>
          <X size={15} />
        </IconButton>
      </div>
      {found.length > 0 && (
        <ul className="thin-scroll max-h-64 overflow-y-auto border-t border-line p-1">
          {found.map((finding, index) => (
            <li key={index}>
              <button
                type="button"
                aria-current={index === at}
                onClick={() => openAt(index)}
                className={`block w-full rounded-md px-2 py-1 text-left hover:bg-subtle ${index === at ? 'bg-subtle' : ''}`}
              >
                <span className="font-medium">{finding.title}</span>
                {finding.field && <span className="ml-1.5 text-12 text-muted">{finding.field}</span>}
                <span className="block truncate font-mono text-12 text-muted">{finding.text}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
