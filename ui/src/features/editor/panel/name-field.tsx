import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { useEffect, useRef, useState } from 'react';
import { notify } from '../../../shared/components/toasts.js';
import { useEditor, useEditorStore } from '../editor-store.js';
import { renameNode } from '../graph/rename-node.js';

/** The name of a step; renaming rewrites the expressions that use it. */
export function NameField({ node }: { node: WorkflowNode }) {
  const store = useEditorStore();
  const wanted = useEditor((state) => state.renaming === node.id);
  const [text, setText] = useState(node.name);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setText(node.name), [node.name]);
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
      notify(`There is a step “${name}” already.`);
      setText(node.name);
      return;
    }
    let changed = 0;
    edit('Rename step', (draft) => {
      changed = renameNode(draft, node.id, name);
    });
    if (changed > 0)
      notify(
        changed === 1 ? 'Expressions in 1 step use the new name.' : `Expressions in ${changed} steps use the new name.`,
      );
  };
  return (
    <input
      ref={input}
      aria-label="Name of the step"
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
