import type { WorkflowDocument, WorkflowNode } from '@wfaib/sdk/workflow-document';
import { useCallback } from 'react';
import { useEditorStore } from '../editor-store.js';

/** Edits one step; `coalesce` joins typing in one field to one step of undo. */
export function useNodeEdit(nodeId: string) {
  const store = useEditorStore();
  return useCallback(
    (label: string, recipe: (node: WorkflowNode, document: WorkflowDocument) => void, coalesce?: string) =>
      store.getState().edit(
        label,
        (document) => {
          const node = document.nodes.find(({ id }) => id === nodeId);
          if (node) recipe(node, document);
        },
        coalesce && `${nodeId}.${coalesce}`,
      ),
    [store, nodeId],
  );
}
