import type { ItemInput } from '@wfaib/sdk/items';
import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { useState } from 'react';
import { CodeEditor } from '../../../shared/code/code-editor.js';
import { readItems, textOfItems } from '../../../shared/data/typed-items.js';
import { outputPorts } from '../../../shared/steps/ports.js';
import { useEditor } from '../editor-store.js';
import { useNodeEdit } from '../panel/use-node-edit.js';
import { pinnedWayOut } from './pinned-way-out.js';
import { t } from '../../../shared/i18n/i18n.js';

/** Pinned items, open for editing; what holds no items is not taken over. */
export function PinnedData({ node }: { node: WorkflowNode }) {
  const edit = useNodeEdit(node.id);
  const descriptor = useEditor((state) => state.catalog.find(node.type));
  const wayOut = pinnedWayOut(outputPorts(node, descriptor));
  const [text, setText] = useState(() => textOfItems(node.pinned as ItemInput[]));
  const [problem, setProblem] = useState<string>();
  const change = (next: string) => {
    setText(next);
    const read = readItems(next);
    setProblem('problem' in read ? `${read.problem} ${t('editor.pinned.notTaken')}` : undefined);
    if ('items' in read) {
      edit(
        t('editor.pinned.edit'),
        (draft) => {
          draft.pinned = read.items as NonNullable<WorkflowNode['pinned']>;
        },
        'pinned',
      );
    }
  };
  return (
    <div className="thin-scroll flex h-full flex-col gap-2 overflow-auto p-3">
      <p className={`text-12 ${problem ? 'text-failed' : 'text-muted'}`}>
        {problem ?? [t('editor.pinned.text'), wayOut].filter(Boolean).join(' ')}
      </p>
      <CodeEditor
        label={t('editor.pinned.items')}
        language="json"
        value={text}
        onChange={change}
        invalid={problem !== undefined}
      />
    </div>
  );
}
