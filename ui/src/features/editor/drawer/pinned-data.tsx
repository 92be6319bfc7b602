import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { lazy, Suspense, useState } from 'react';
import { outputPorts } from '../../../shared/steps/ports.js';
import { useEditor } from '../editor-store.js';
import { useNodeEdit } from '../panel/use-node-edit.js';
import { pinnedWayOut } from './pinned-way-out.js';
import { t } from '../../../shared/i18n/i18n.js';

const CodeEditor = lazy(() =>
  import('../../../shared/code/code-editor.js').then((module) => ({ default: module.CodeEditor })),
);

/** Pinned items, open for editing; what is no list of objects is not taken over. */
export function PinnedData({ node }: { node: WorkflowNode }) {
  const edit = useNodeEdit(node.id);
  const descriptor = useEditor((state) => state.catalog.find(node.type));
  const wayOut = pinnedWayOut(outputPorts(node, descriptor));
  const [text, setText] = useState(() => JSON.stringify(node.pinned?.map((item) => item.json) ?? [], null, 2));
  const [problem, setProblem] = useState<string>();
  const change = (next: string) => {
    setText(next);
    const items = itemsOf(next);
    setProblem(items ? undefined : t('editor.pinned.noList'));
    if (items) {
      edit(
        t('editor.pinned.edit'),
        (draft) => {
          draft.pinned = items;
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
      <Suspense fallback={null}>
        <CodeEditor
          label={t('editor.pinned.items')}
          language="json"
          value={text}
          onChange={change}
          invalid={problem !== undefined}
        />
      </Suspense>
    </div>
  );
}

function itemsOf(text: string): NonNullable<WorkflowNode['pinned']> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (
      !Array.isArray(value) ||
      !value.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
    )
      return undefined;
    return value.map((json) => ({ json })) as NonNullable<WorkflowNode['pinned']>;
  } catch {
    return undefined;
  }
}
