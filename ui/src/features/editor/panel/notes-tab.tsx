import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { useNodeEdit } from './use-node-edit.js';
import { t } from '../../../shared/i18n/i18n.js';

export function NotesTab({ node }: { node: WorkflowNode }) {
  const edit = useNodeEdit(node.id);
  return (
    <textarea
      aria-label={t('editor.notes')}
      placeholder={t('editor.notes.placeholder')}
      value={node.notes ?? ''}
      rows={10}
      onChange={(event) => {
        const text = event.target.value;
        edit(
          t('editor.notes.edit'),
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
