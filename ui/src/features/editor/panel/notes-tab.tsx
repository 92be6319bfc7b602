import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { useNodeEdit } from './use-node-edit.js';

export function NotesTab({ node }: { node: WorkflowNode }) {
  const edit = useNodeEdit(node.id);
  return (
    <textarea
      aria-label="Notes"
      placeholder="What should the next person know about this step?"
      value={node.notes ?? ''}
      rows={10}
      onChange={(event) => {
        const text = event.target.value;
        edit(
          'Edit notes',
          (draft) => {
            if (text === '') delete draft.notes;
            else draft.notes = text;
          },
          'notes',
        );
      }}
      className="field-input resize-y"
    />
  );
}
