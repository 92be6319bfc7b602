import { Handle, Position } from '@xyflow/react';
import type { NodeProps } from '@xyflow/react';
import type { Problem, WorkflowNode } from '@wfaib/sdk/workflow-document';
import { Pin, Plus, TriangleAlert, Zap } from 'lucide-react';
import { memo } from 'react';
import { NodeIcon } from '../../../shared/components/node-icon.js';
import { StatusGlyph, statusLooks } from '../../../shared/components/status.js';
import type { StatusName } from '../../../shared/components/status.js';
import { formatNumber } from '../../../shared/format/count.js';
import { formatDuration } from '../../../shared/format/time.js';
import { useRunState, useStepProgress } from '../../../shared/runs/run-store.js';
import type { StepProgress } from '../../../shared/runs/run-progress.js';
import { useEditor } from '../editor-store.js';
import { useCanvasLocked } from './use-canvas-locked.js';
import { besidePort, portOffset } from '../graph/geometry.js';
import { itemsInto } from '../graph/items-into.js';
import { summaryOf } from '../graph/summary.js';
import { problemsOfNode, worstTone } from '../problems-by-node.js';
import { useCanvasActions } from './canvas-actions.js';
import { useDetail } from './detail.js';
import type { StepData, StepNode } from './flow-elements.js';
import { t } from '../../../shared/i18n/i18n.js';
import { toldError } from '../../../shared/i18n/server-texts.js';

/** A step on the canvas. It listens to its own part of the run only. */
export const NodeCard = memo(function NodeCard({ data, selected = false, height = 56 }: NodeProps<StepNode>) {
  const { node } = data;
  const detail = useDetail();
  const progress = useStepProgress(node.id);
  const problems = useEditor((state) => problemsOfNode(state.problems, node.id));
  const tabbable = useEditor((state) => (state.selection.nodes[0] ?? state.history.document.nodes[0]?.id) === node.id);
  return (
    <div
      data-step={node.id}
      role="group"
      aria-roledescription={t('editor.role.step')}
      aria-label={describe(data, progress, problems.length)}
      tabIndex={tabbable ? 0 : -1}
      className={detail === 'card' ? cardLook(data, selected, progress) : blockLook(data, selected, progress)}
    >
      {detail === 'card' ? (
        <CardContent data={data} height={height} progress={progress} problems={problems} />
      ) : (
        <BlockContent name={detail === 'name' ? node.name : undefined} status={progress?.status} />
      )}
    </div>
  );
});

interface CardContentProps {
  data: StepData;
  height: number;
  progress: StepProgress | undefined;
  problems: readonly Problem[];
}

function CardContent({ data, height, progress, problems }: CardContentProps) {
  const { node, descriptor } = data;
  const fresh = useEditor((state) => state.fresh.has(node.id));
  return (
    <>
      <span
        className={`flex size-8 shrink-0 items-center justify-center rounded-md bg-subtle text-muted ${node.disabled ? 'opacity-50' : ''}`}
      >
        <NodeIcon icon={descriptor?.icon} size={18} />
      </span>
      <span className={`min-w-0 flex-1 ${node.disabled ? 'opacity-50' : ''}`}>
        <span className={`block truncate leading-[18px] font-semibold ${node.disabled ? 'line-through' : ''}`}>
          {node.name}
        </span>
        <span className="block truncate text-12 leading-4 text-muted">
          {node.disabled ? t('editor.disabled') : summaryOf(node, descriptor)}
        </span>
      </span>
      {descriptor?.isTrigger && (
        <Zap aria-hidden size={13} className="absolute top-1/2 -left-5 -translate-y-1/2 fill-current text-faint" />
      )}
      <CornerMarks pinned={node.pinned !== undefined} problems={problems} fresh={fresh} />
      <RunBadge node={node} progress={progress} />
      <Ports data={data} height={height} />
    </>
  );
}

/** What is left of a card where it is too small to be read; the ends of its connections are not needed to draw them. */
function BlockContent({ name, status }: { name: string | undefined; status: StatusName | undefined }) {
  return (
    <>
      <span className="min-w-0 flex-1 truncate text-28 font-semibold">{name}</span>
      {status && status !== 'idle' && <StatusGlyph status={status} size={32} />}
    </>
  );
}

function cardLook({ descriptor }: StepData, selected: boolean, progress: StepProgress | undefined): string {
  const shape = descriptor?.isTrigger
    ? 'rounded-r-card rounded-l-[3px] before:absolute before:inset-y-[-1px] before:left-[-1px] before:w-[3px] before:rounded-l-[3px] before:bg-current before:opacity-60'
    : 'rounded-card';
  return `relative flex h-full w-full items-center gap-2.5 border bg-surface pr-2.5 pl-3 outline-none ${shape} ${frameOf(selected, progress)} ${descriptor ? '' : 'border-dashed'}`;
}

function blockLook({ node }: StepData, selected: boolean, progress: StepProgress | undefined): string {
  const state = progress && progress.status !== 'idle' ? `wf-block-run ${statusLooks[progress.status].colour}` : '';
  return `wf-block ${state} ${selected ? 'wf-block-selected' : ''} ${node.disabled ? 'opacity-50' : ''}`;
}

function frameOf(selected: boolean, progress: StepProgress | undefined): string {
  if (selected) return 'border-accent ring-2 ring-accent/35';
  if (progress?.status === 'failed' || progress?.status === 'failedWentOn') return 'border-failed';
  if (progress?.status === 'running') return 'border-accent';
  if (progress?.status === 'waiting' || progress?.status === 'retrying') return 'border-waiting';
  return 'border-line-strong/60 hover:border-line-strong';
}

interface CornerMarksProps {
  pinned: boolean;
  problems: readonly Problem[];
  /** It was just added: what it needs is said without alarm. */
  fresh: boolean;
}

function CornerMarks({ pinned, problems, fresh }: CornerMarksProps) {
  return (
    <span className="absolute -top-2 right-2 flex gap-1">
      {pinned && (
        <span title={t('editor.pinnedHint')} className="rounded-full border border-line bg-surface p-0.5 text-accent">
          <Pin size={11} aria-hidden />
        </span>
      )}
      {problems.length > 0 && fresh && (
        <span title={t('editor.needsSetup')} className="mt-1 size-2.5 rounded-full border border-surface bg-faint" />
      )}
      {problems.length > 0 && !fresh && (
        <span
          title={problems
            .slice(0, 3)
            .map(({ message }) => message)
            .join('\n')}
          className={`flex items-center gap-0.5 rounded-full border border-current/60 bg-surface px-1 text-11 leading-[14px] font-semibold ${worstTone(problems)}`}
        >
          <TriangleAlert size={10} aria-hidden />
          {problems.length}
        </span>
      )}
    </span>
  );
}

function RunBadge({ node, progress }: { node: WorkflowNode; progress: StepProgress | undefined }) {
  const connections = useEditor((state) => state.history.document.connections);
  const arrived = useRunState((state) => itemsInto(node.id, connections, state.progress.steps));
  if (!progress || progress.status === 'idle') return null;
  const items = Object.values(progress.itemsOut).reduce((sum, count) => sum + count, 0);
  const failedItems = failedItemsOf(node, progress);
  const look = statusLooks[progress.status];
  const done = progress.status === 'succeeded' || progress.status === 'doneAfterRetries';
  return (
    <span
      title={progress.error ? toldError(progress.error) : look.label}
      className="absolute -bottom-[9px] left-3 flex h-[18px] items-center gap-1 rounded-full border border-line bg-surface pr-1.5 pl-1 text-11 leading-none text-muted"
    >
      <StatusGlyph status={progress.status} size={12} />
      {done && <span>{formatDuration(progress.workedMs)}</span>}
      {done && (arrived > 0 || items > 0) && (
        <span className="text-faint">
          ·{' '}
          {arrived > 0 && arrived !== items ? `${formatNumber(arrived)} → ${formatNumber(items)}` : formatNumber(items)}
        </span>
      )}
      {done && failedItems > 0 && (
        <>
          <span aria-hidden className="text-faint">
            ·
          </span>
          <span className="text-failed">{t('common.itemsFailed', { count: failedItems })}</span>
        </>
      )}
      {done && progress.failedTries.length > 0 && (
        <span className="text-retrying">
          {t('editing.tries', { count: progress.failedTries.length + progress.stepIds.length })}
        </span>
      )}
      {!done && (
        <span className={look.colour}>
          {progress.status === 'retrying' ? t('editor.tryNumber', { attempt: progress.attempt + 1 }) : look.label}
        </span>
      )}
      {progress.stepIds.length > 1 && <span className="text-faint">×{formatNumber(progress.stepIds.length)}</span>}
    </span>
  );
}

/** Items that failed one by one and left by the error output. */
const failedItemsOf = ({ onError }: WorkflowNode, progress: StepProgress | undefined): number =>
  onError === 'errorOutput' ? (progress?.itemsOut['error'] ?? 0) : 0;

function Ports({ data, height }: { data: StepData; height: number }) {
  const { inputs, outputs, undo } = data;
  return (
    <>
      {undo && (
        <>
          <Handle id="undo-in" type="target" position={Position.Top} isConnectable={false} className="wf-undo-handle" />
          <Handle
            id="undo-out"
            type="source"
            position={Position.Bottom}
            isConnectable={false}
            className="wf-undo-handle"
          />
        </>
      )}
      {inputs.map((port, index) => (
        <Handle
          key={port.name}
          id={port.name}
          type="target"
          position={Position.Left}
          className="wf-handle"
          style={{ top: portOffset(index, inputs.length, height) - 1 }}
        >
          {inputs.length > 1 && <span className="wf-port-label wf-port-label-in">{port.label ?? port.name}</span>}
        </Handle>
      ))}
      {outputs.map((port, index) => (
        <Handle
          key={port.name}
          id={port.name}
          type="source"
          position={Position.Right}
          className={`wf-handle ${port.name === 'error' ? 'wf-handle-error' : ''}`}
          style={{ top: portOffset(index, outputs.length, height) - 1 }}
        />
      ))}
      {outputs.map((port, index) => (
        <OutputTail key={port.name} data={data} index={index} top={portOffset(index, outputs.length, height) - 1} />
      ))}
    </>
  );
}

/** What follows an output: its name, on the line and not across it, and a way to go on while nothing follows. */
function OutputTail({ data, index, top }: { data: StepData; index: number; top: number }) {
  const { openPicker } = useCanvasActions();
  const locked = useCanvasLocked();
  const { outputs, connected, node } = data;
  const port = outputs[index];
  if (!port) return null;
  const label = port.label ?? port.name;
  const isNamed = outputs.length > 1 || port.name !== 'main';
  const isOpen = !locked && !connected.has(port.name);
  if (!isNamed && !isOpen) return null;
  return (
    <span className={`wf-tail ${isOpen ? 'wf-tail-open' : ''}`} style={{ top }}>
      {isNamed && (
        <span className="wf-port-label" title={label}>
          {label}
        </span>
      )}
      {isOpen && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={t('editor.addAfter', { name: port.name === 'main' ? node.name : `${node.name}, ${label}` })}
          title={t('editor.addStep')}
          onClick={(event) =>
            openPicker({
              placement: {
                kind: 'after',
                node: node.id,
                port: port.name,
                position: besidePort(node.position ?? [0, 0], index, outputs.length),
              },
              at: { x: event.clientX, y: event.clientY },
            })
          }
          className="wf-plus nodrag nopan"
        >
          <Plus size={13} aria-hidden />
        </button>
      )}
    </span>
  );
}

function describe(data: StepData, progress: StepProgress | undefined, problems: number): string {
  const state = progress ? statusLooks[progress.status].label.toLowerCase() : undefined;
  const failedItems = failedItemsOf(data.node, progress);
  return [
    data.node.name,
    data.descriptor?.label ?? data.node.type,
    data.node.disabled ? t('editor.disabled').toLowerCase() : undefined,
    state,
    failedItems > 0 ? t('common.itemsFailed', { count: failedItems }) : undefined,
    problems > 0 ? t('common.problems', { count: problems }) : undefined,
  ]
    .filter(Boolean)
    .join(', ');
}
