import { ReactFlowProviderForEditor } from './canvas/flow-provider.js';
import { useMemo, useState } from 'react';
import type { Workflow } from '../../api/types.js';
import { Loading, LoadError } from '../../shared/components/page.js';
import { normaliseDocument } from '../../shared/documents/normalise-document.js';
import { createRunStore, RunProvider } from '../../shared/runs/run-store.js';
import { useNodeTypes } from '../../shared/steps/use-node-types.js';
import { useWorkflow } from './api/use-editor-data.js';
import { EditorLayout } from './editor-layout.js';
import { EditorSlotsProvider } from './editor-slots.js';
import type { EditorSlots } from './editor-slots.js';
import { useAskedComparison } from './compare/use-asked-comparison.js';
import { createEditorStore, EditorProvider } from './editor-store.js';
import { NodeCatalog } from '../../shared/steps/node-catalog.js';
import { t } from '../../shared/i18n/i18n.js';
import { toldDescriptor } from '../../shared/i18n/told-descriptor.js';

interface EditorPageProps {
  workflowId: string;
  /** A run to show on the canvas. */
  runId: string | undefined;
  /** A run whose document is shown beside the draft. */
  comparedRunId: string | undefined;
  slots: EditorSlots;
}

export function EditorPage({ workflowId, runId, comparedRunId, slots }: EditorPageProps) {
  const workflow = useWorkflow(workflowId);
  const nodeTypes = useNodeTypes();
  const catalog = useMemo(() => nodeTypes.data && new NodeCatalog(nodeTypes.data, toldDescriptor), [nodeTypes.data]);
  if (workflow.isError || nodeTypes.isError) {
    const retry = () => void Promise.all([workflow.refetch(), nodeTypes.refetch()]);
    return (
      <div className="p-6">
        <LoadError error={workflow.error ?? nodeTypes.error} onRetry={retry} />
      </div>
    );
  }
  if (!workflow.data || !catalog) return <Loading label={t('editor.opening')} />;
  return (
    <EditorSlotsProvider value={slots}>
      <Editor
        key={workflow.data.id}
        workflow={workflow.data}
        catalog={catalog}
        runId={runId}
        comparedRunId={comparedRunId}
      />
    </EditorSlotsProvider>
  );
}

interface EditorProps extends Pick<EditorPageProps, 'runId' | 'comparedRunId'> {
  workflow: Workflow;
  catalog: NodeCatalog;
}

function Editor({ workflow, catalog, runId, comparedRunId }: EditorProps) {
  const [store] = useState(() =>
    createEditorStore({
      workflowId: workflow.id,
      catalog,
      document: normaliseDocument(workflow.draft),
      revision: workflow.revision,
    }),
  );
  const [runs] = useState(createRunStore);
  return (
    <EditorProvider value={store}>
      <RunProvider value={runs}>
        <ReactFlowProviderForEditor>
          <AskedComparison runId={comparedRunId} />
          <EditorLayout live={workflow.live} runId={runId} />
        </ReactFlowProviderForEditor>
      </RunProvider>
    </EditorProvider>
  );
}

function AskedComparison({ runId }: { runId: string | undefined }) {
  useAskedComparison(runId);
  return null;
}
