import { ReactFlowProviderForEditor } from './canvas/flow-provider.js';
import { useMemo, useState } from 'react';
import type { Workflow } from '../../api/types.js';
import { Loading, LoadError } from '../../shared/components/page.js';
import { normaliseDocument } from '../../shared/documents/normalise-document.js';
import { createRunStore, RunProvider } from '../../shared/runs/run-store.js';
import { useNodeTypes, useWorkflow } from './api/use-editor-data.js';
import { readCopy } from './draft-copy.js';
import { EditorLayout } from './editor-layout.js';
import { EditorSlotsProvider } from './editor-slots.js';
import type { EditorSlots } from './editor-slots.js';
import { createEditorStore, EditorProvider } from './editor-store.js';
import { stable } from './graph/changes-between.js';
import { NodeCatalog } from './graph/node-catalog.js';

interface EditorPageProps {
  workflowId: string;
  /** A run to show on the canvas. */
  runId: string | undefined;
  slots: EditorSlots;
}

export function EditorPage({ workflowId, runId, slots }: EditorPageProps) {
  const workflow = useWorkflow(workflowId);
  const nodeTypes = useNodeTypes();
  const catalog = useMemo(() => nodeTypes.data && new NodeCatalog(nodeTypes.data), [nodeTypes.data]);
  if (workflow.isError || nodeTypes.isError) {
    const retry = () => void Promise.all([workflow.refetch(), nodeTypes.refetch()]);
    return (
      <div className="p-6">
        <LoadError error={workflow.error ?? nodeTypes.error} onRetry={retry} />
      </div>
    );
  }
  if (!workflow.data || !catalog) return <Loading label="Opening the workflow" />;
  return (
    <EditorSlotsProvider value={slots}>
      <Editor key={workflow.data.id} workflow={workflow.data} catalog={catalog} runId={runId} />
    </EditorSlotsProvider>
  );
}

function Editor({ workflow, catalog, runId }: { workflow: Workflow; catalog: NodeCatalog; runId: string | undefined }) {
  const [store] = useState(() =>
    createEditorStore({
      workflowId: workflow.id,
      catalog,
      document: normaliseDocument(workflow.draft),
      revision: workflow.revision,
    }),
  );
  const [runs] = useState(createRunStore);
  const [copy, setCopy] = useState(() => {
    const kept = readCopy(workflow.id);
    return kept && stable(kept.document) !== stable(store.getState().saved) ? kept : undefined;
  });
  return (
    <EditorProvider value={store}>
      <RunProvider value={runs}>
        <ReactFlowProviderForEditor>
          <EditorLayout live={workflow.live} copy={copy} onCopyDone={() => setCopy(undefined)} runId={runId} />
        </ReactFlowProviderForEditor>
      </RunProvider>
    </EditorProvider>
  );
}
