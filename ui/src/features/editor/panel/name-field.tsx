import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { useEffect, useRef, useState } from 'react';
import { notify } from '../../../shared/components/toasts.js';
import { isWatching, useEditor, useEditorStore } from '../editor-store.js';
import { renameNode } from '../graph/rename-node.js';
import { t } from '../../../shared/i18n/i18n.js';

/** The name of a step; renaming rewrites the expressions that use it. */
export function NameField({ node }: { node: WorkflowNode }) {
  const store = useEditorStore();
  const wanted = useEditor((state) => state.renaming === node.id);
  const [text, setText] = useState(node.name);
  const input = useRef<HTMLInputElement>(null);
  const watching = useEditor(isWatching);
  useEffect(() => setText(node.name), [node.name, watching]);
  useEffect(() => {
    if (!wanted) return;
    store.getState().set({ renaming: undefined });
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.select();
    });
  }, [wanted, store]);

  const commit = () => {
    const name = text.trim();
    const { history, edit } = store.getState();
    if (name === '' || name === node.name) {
      setText(node.name);
      return;
    }
    if (history.document.nodes.some((other) => other.id !== node.id && other.name === name)) {
      notify(t('editor.name.taken', { name }));
      setText(node.name);
      return;
    }
    let changed = 0;
    edit(t('editor.name.rename'), (draft) => {
      changed = renameNode(draft, node.id, name);
    });
    if (changed > 0) notify(t('editor.name.renamed', { count: changed }));
  };
  return (
    <input
      ref={input}
      aria-label={t('editor.name.label')}
      readOnly={watching}
      value={text}
      spellCheck={false}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') {
          event.stopPropagation();
          setText(node.name);
          requestAnimationFrame(() => input.current?.blur());
        }
      }}
      className="w-full truncate rounded-md px-1 text-14 leading-5 font-semibold hover:bg-subtle focus:bg-subtle focus:outline-none"
    />
  );
}
