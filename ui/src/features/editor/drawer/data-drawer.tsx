import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { ChevronLeft, ChevronRight, Pin, PinOff } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../../shared/components/button.js';
import { Segmented } from '../../../shared/components/segmented.js';
import { StatusLabel } from '../../../shared/components/status.js';
import { ErrorCard } from '../../../shared/data/error-card.js';
import { StepItems } from '../../../shared/data/step-items.js';
import type { DataView } from '../../../shared/data/step-items.js';
import { StepLogs } from '../../../shared/data/step-logs.js';
import { pathExpression } from '../../../shared/expressions/drag-expression.js';
import { countOf } from '../../../shared/format/count.js';
import { useStored } from '../../../shared/hooks/use-stored.js';
import { useRunState, useStepProgress } from '../../../shared/runs/run-store.js';
import { useDocument, useEditor } from '../editor-store.js';
import { PinnedData } from './pinned-data.js';
import { usePinning } from './use-pinning.js';

type Side = 'input' | 'output' | 'logs';

/** Data of the selected step in the run on the canvas. */
export function DataDrawer({ onRunToHere }: { onRunToHere(nodeId: string): void }) {
  const nodeId = useEditor((state) => state.selection.nodes.at(-1));
  const node = useDocument().nodes.find(({ id }) => id === nodeId);
  if (!node)
    return (
      <p className="flex h-full items-center justify-center bg-surface text-13 text-muted">
        Select a step to see its data.
      </p>
    );
  return <StepDrawer key={node.id} node={node} onRunToHere={() => onRunToHere(node.id)} />;
}

function StepDrawer({ node, onRunToHere }: { node: WorkflowNode; onRunToHere(): void }) {
  const [side, setSide] = useStored<Side>('drawer-side', 'output');
  const [view, setView] = useStored<DataView>('data-view', 'table');
  const [visit, setVisit] = useState<number>();
  const [port, setPort] = useState<string>();
  const runId = useRunState((state) => state.runId);
  const progress = useStepProgress(node.id);
  const pinning = usePinning(node);
  const stepIds = progress?.stepIds ?? [];
  const index = Math.min(visit ?? stepIds.length - 1, stepIds.length - 1);
  const stepId = stepIds[index];
  const ports = Object.keys(progress?.itemsOut ?? {});
  const shownPort = side === 'output' ? (port ?? ports[0]) : undefined;
  const pinnedShown = side === 'output' && node.pinned !== undefined;
  const root = side === 'input' ? '$json' : pathExpression(`$(${JSON.stringify(node.name)}).item.json`, []);
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
            { value: 'input', label: 'Input' },
            { value: 'output', label: 'Output' },
            { value: 'logs', label: 'Logs' },
          ]}
        />
        {side === 'output' && ports.length > 1 && !pinnedShown && (
          <Segmented
            dense
            label="Port"
            value={shownPort ?? ''}
            onChange={setPort}
            options={ports.map((name) => ({ value: name, label: `${name} ${progress?.itemsOut[name] ?? 0}` }))}
          />
        )}
        {stepIds.length > 1 && <VisitStepper index={index} count={stepIds.length} onChange={setVisit} />}
        {side === 'output' && shownPort && !pinnedShown && (
          <span className="text-12 text-muted">{countOf(progress?.itemsOut[shownPort] ?? 0, 'item')}</span>
        )}
        <div className="flex-1" />
        {side !== 'logs' && (
          <Segmented
            dense
            label="View"
            value={view}
            onChange={setView}
            options={[
              { value: 'table', label: 'Table' },
              { value: 'json', label: 'JSON' },
            ]}
          />
        )}
        {side === 'output' && (
          <IconButton
            label={node.pinned ? 'Unpin: run the step again in tests' : 'Pin: use this output in tests'}
            keys="P"
            pressed={node.pinned !== undefined}
            disabled={!node.pinned && !stepId}
            onClick={() => void pinning.toggle()}
          >
            {node.pinned ? <PinOff size={15} /> : <Pin size={15} />}
          </IconButton>
        )}
        <Button dense onClick={onRunToHere} title="Shift+Enter">
          Run to here
        </Button>
      </header>
      <div className="min-h-0 flex-1">
        {pinnedShown ? (
          <PinnedData node={node} />
        ) : !runId || !stepId ? (
          <p className="p-6 text-center text-13 text-muted">
            {runId ? 'This step has not run in this test.' : 'Test the workflow to see what goes in and comes out.'}
          </p>
        ) : side === 'logs' ? (
          <StepLogs runId={runId} stepId={stepId} />
        ) : progress?.status === 'failed' && progress.error && side === 'output' ? (
          <div className="thin-scroll h-full overflow-auto p-3">
            <ErrorCard error={progress.error} />
          </div>
        ) : (
          <StepItems
            request={{ runId, stepId, side, port: shownPort, version: progress?.workedMs }}
            view={view}
            root={root}
          />
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
