import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { ChevronLeft, ChevronRight, Columns3 } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../../shared/components/button.js';
import { Segmented } from '../../../shared/components/segmented.js';
import { StatusLabel } from '../../../shared/components/status.js';
import { StepLogs } from '../../../shared/data/step-logs.js';
import { useStored } from '../../../shared/hooks/use-stored.js';
import { useRunState, useStepProgress } from '../../../shared/runs/run-store.js';
import { useDocument, useEditor, useEditorStore } from '../editor-store.js';
import { DataPane } from './data-pane.js';
import { PastOutputs } from './past-outputs.js';

type Side = 'both' | 'input' | 'output' | 'logs' | 'past';

interface DataDrawerProps {
  onRunToHere(nodeId: string): void;
  onRunStep(nodeId: string): void;
}

/** Data of the selected step in the run on the canvas. */
export function DataDrawer({ onRunToHere, onRunStep }: DataDrawerProps) {
  const nodeId = useEditor((state) => state.selection.nodes.at(-1));
  const node = useDocument().nodes.find(({ id }) => id === nodeId);
  if (!node)
    return (
      <p className="flex h-full items-center justify-center bg-surface text-13 text-muted">
        Select a step to see its data.
      </p>
    );
  return (
    <StepDrawer
      key={node.id}
      node={node}
      onRunToHere={() => onRunToHere(node.id)}
      onRunStep={() => onRunStep(node.id)}
    />
  );
}

/** Wide enough for input and output beside each other. */
const isWide = () => window.innerWidth >= 1440;

function StepDrawer({ node, onRunToHere, onRunStep }: { node: WorkflowNode; onRunToHere(): void; onRunStep(): void }) {
  const store = useEditorStore();
  const [side, setSide] = useStored<Side>('drawer-side', isWide() ? 'both' : 'output');
  const [visit, setVisit] = useState<number>();
  const runId = useRunState((state) => state.runId);
  const progress = useStepProgress(node.id);
  const stepIds = progress?.stepIds ?? [];
  const index = Math.min(visit ?? stepIds.length - 1, stepIds.length - 1);
  const stepId = stepIds[index];
  return (
    <section aria-label={`Data of ${node.name}`} className="flex h-full flex-col bg-surface">
      <header className="flex h-10 shrink-0 items-center gap-3 border-b border-line px-3">
        <span className="max-w-52 truncate font-semibold">{node.name}</span>
        {progress && (
          <span className="flex text-12">
            <StatusLabel status={progress.status} />
          </span>
        )}
        <Segmented
          dense
          label="Side"
          value={side}
          onChange={setSide}
          options={[
            { value: 'both', label: 'Both' },
            { value: 'input', label: 'Input' },
            { value: 'output', label: 'Output' },
            { value: 'logs', label: 'Logs' },
            { value: 'past', label: 'Past' },
          ]}
        />
        {stepIds.length > 1 && <VisitStepper index={index} count={stepIds.length} onChange={setVisit} />}
        <div className="flex-1" />
        <IconButton
          label="Input, form and output side by side"
          keys="Ctrl+Shift+F"
          onClick={() => store.getState().set({ focusMode: true, panelOpen: true })}
        >
          <Columns3 size={15} />
        </IconButton>
        <Button dense onClick={onRunStep} title="Ctrl+Shift+Enter">
          Run this step only
        </Button>
        <Button dense onClick={onRunToHere} title="Shift+Enter">
          Run to here
        </Button>
      </header>
      <div className="flex min-h-0 flex-1">
        {side === 'past' ? (
          <PastOutputs node={node} />
        ) : side === 'logs' ? (
          runId && stepId ? (
            <StepLogs runId={runId} stepId={stepId} />
          ) : (
            <p className="w-full p-6 text-center text-13 text-muted">Test the workflow to see what its code logs.</p>
          )
        ) : (
          <>
            {side !== 'output' && <DataPane node={node} side="input" visit={visit} />}
            {side === 'both' && <span aria-hidden className="w-px shrink-0 bg-line" />}
            {side !== 'input' && <DataPane node={node} side="output" visit={visit} />}
          </>
        )}
      </div>
    </section>
  );
}

function VisitStepper({ index, count, onChange }: { index: number; count: number; onChange(index: number): void }) {
  return (
    <span className="flex items-center text-12 text-muted">
      <IconButton
        label="Previous time"
        keys=","
        className="size-6!"
        disabled={index <= 0}
        onClick={() => onChange(index - 1)}
      >
        <ChevronLeft size={14} />
      </IconButton>
      {index + 1} of {count}
      <IconButton
        label="Next time"
        keys="."
        className="size-6!"
        disabled={index >= count - 1}
        onClick={() => onChange(index + 1)}
      >
        <ChevronRight size={14} />
      </IconButton>
    </span>
  );
}
