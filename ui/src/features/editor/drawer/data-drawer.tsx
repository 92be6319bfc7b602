import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { ChevronLeft, ChevronRight, Columns3 } from 'lucide-react';
import { useCallback } from 'react';
import { Button, IconButton } from '../../../shared/components/button.js';
import { Segmented } from '../../../shared/components/segmented.js';
import { StatusLabel } from '../../../shared/components/status.js';
import { LinkedItems } from '../../../shared/data/item-links.js';
import { StepLogs } from '../../../shared/data/step-logs.js';
import { useStored } from '../../../shared/hooks/use-stored.js';
import { useRunState, useStepProgress } from '../../../shared/runs/run-store.js';
import { useDocument, useEditor, useEditorStore } from '../editor-store.js';
import { DataPane } from './data-pane.js';
import { PastOutputs } from './past-outputs.js';
import { t } from '../../../shared/i18n/i18n.js';
import { shownKeys } from '../../../shared/i18n/shown-keys.js';

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
        {t('editor.data.selectStep')}
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
  const showBoth = useCallback(() => setSide('both'), [setSide]);
  const looked = useEditor((state) => state.looked);
  const runId = useRunState((state) => state.runId);
  const progress = useStepProgress(node.id);
  const stepIds = progress?.stepIds ?? [];
  const index = Math.min(looked.visit ?? stepIds.length - 1, stepIds.length - 1);
  const stepId = stepIds[index];
  return (
    <section aria-label={t('editor.data.of', { name: node.name })} className="flex h-full flex-col bg-surface">
      <header className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1">
        <span className="max-w-52 truncate font-semibold" title={node.name}>
          {node.name}
        </span>
        {progress && (
          <span className="flex text-12">
            <StatusLabel status={progress.status} />
          </span>
        )}
        <Segmented
          dense
          label={t('editor.data.side')}
          value={side}
          onChange={setSide}
          options={[
            { value: 'both', label: t('editor.data.both') },
            { value: 'input', label: t('editor.data.input') },
            { value: 'output', label: t('editor.data.output') },
            { value: 'logs', label: t('editor.data.logs') },
            { value: 'past', label: t('editor.data.past') },
          ]}
        />
        {stepIds.length > 1 && (
          <VisitStepper
            index={index}
            count={stepIds.length}
            onChange={(visit) => store.getState().set({ looked: { ...looked, visit } })}
          />
        )}
        <span className="ml-auto flex items-center gap-3">
          <IconButton
            label={t('editor.focus')}
            keys="Ctrl+Shift+F"
            onClick={() => store.getState().set({ focusMode: true, panelOpen: true })}
          >
            <Columns3 size={15} />
          </IconButton>
          <Button dense onClick={onRunStep} title={shownKeys('Ctrl+Shift+Enter')}>
            {t('editor.test.only')}
          </Button>
          <Button dense onClick={onRunToHere} title={shownKeys('Shift+Enter')}>
            {t('editor.test.here')}
          </Button>
        </span>
      </header>
      <div className="flex min-h-0 flex-1">
        {side === 'past' ? (
          <PastOutputs node={node} />
        ) : side === 'logs' ? (
          runId && stepId ? (
            <StepLogs runId={runId} stepId={stepId} />
          ) : (
            <p className="w-full p-6 text-center text-13 text-muted">{t('editor.data.testForLogs')}</p>
          )
        ) : (
          <LinkedItems onFollow={showBoth}>
            {side !== 'output' && <DataPane node={node} side="input" />}
            {side === 'both' && <span aria-hidden className="w-px shrink-0 bg-line" />}
            {side !== 'input' && <DataPane node={node} side="output" />}
          </LinkedItems>
        )}
      </div>
    </section>
  );
}

function VisitStepper({ index, count, onChange }: { index: number; count: number; onChange(index: number): void }) {
  return (
    <span className="flex items-center text-12 whitespace-nowrap text-muted">
      <IconButton
        label={t('editor.data.previousTime')}
        className="size-6!"
        disabled={index <= 0}
        onClick={() => onChange(index - 1)}
      >
        <ChevronLeft size={14} />
      </IconButton>
      {t('editor.find.at', { at: index + 1, total: count })}
      <IconButton
        label={t('editor.data.nextTime')}
        className="size-6!"
        disabled={index >= count - 1}
        onClick={() => onChange(index + 1)}
      >
        <ChevronRight size={14} />
      </IconButton>
    </span>
  );
}
