import { Handle, Position, useStore } from '@xyflow/react';
import type { NodeProps } from '@xyflow/react';
import { Pin, Plus, TriangleAlert, Zap } from 'lucide-react';
import { memo } from 'react';
import { NodeIcon } from '../../../shared/components/node-icon.js';
import { StatusGlyph, statusLooks } from '../../../shared/components/status.js';
import { countOf, formatNumber } from '../../../shared/format/count.js';
import { formatDuration } from '../../../shared/format/time.js';
import { useStepProgress } from '../../../shared/runs/run-store.js';
import type { StepProgress } from '../../../shared/runs/run-progress.js';
import { useEditor } from '../editor-store.js';
import { besidePort, portOffset } from '../graph/geometry.js';
import { summaryOf } from '../graph/summary.js';
import { problemsOfNode } from '../problems-by-node.js';
import { useCanvasActions } from './canvas-actions.js';
import type { StepData, StepNode } from './flow-elements.js';

/** A step on the canvas. It listens to its own part of the run only. */
export const NodeCard = memo(function NodeCard({ data, selected = false, height = 56 }: NodeProps<StepNode>) {
  const { node, descriptor } = data;
  const progress = useStepProgress(node.id);
  const problems = useEditor((state) => problemsOfNode(state.problems, node.id));
  const fresh = useEditor((state) => state.fresh.has(node.id));
  const tabbable = useEditor((state) => (state.selection.nodes[0] ?? state.history.document.nodes[0]?.id) === node.id);
  const far = useStore((state) => state.transform[2] < 0.35);
  const isTrigger = descriptor?.isTrigger ?? false;
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  return (
    <div
      data-step={node.id}
      role="group"
      aria-roledescription="step"
      aria-label={describe(data, progress, problems.length)}
      tabIndex={tabbable ? 0 : -1}
      className={`relative flex h-full w-full items-center gap-2.5 border bg-surface pr-2.5 pl-3 outline-none ${isTrigger ? 'rounded-r-card rounded-l-[3px] before:absolute before:inset-y-[-1px] before:left-[-1px] before:w-[3px] before:rounded-l-[3px] before:bg-current before:opacity-60' : 'rounded-card'} ${frameOf(selected, progress)} ${descriptor ? '' : 'border-dashed'}`}
    >
      {far ? (
        <span className="truncate text-28 font-semibold">{node.name}</span>
      ) : (
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
              {node.disabled ? 'Disabled' : summaryOf(node, descriptor)}
            </span>
          </span>
          {isTrigger && (
            <Zap aria-hidden size={13} className="absolute top-1/2 -left-5 -translate-y-1/2 fill-current text-faint" />
          )}
          <CornerMarks
            pinned={node.pinned !== undefined}
            problems={problems.map((problem) => problem.message)}
            errors={errors}
            fresh={fresh}
          />
          <RunBadge progress={progress} />
        </>
      )}
      <Ports data={data} height={height} bare={far} />
    </div>
  );
});

function frameOf(selected: boolean, progress: StepProgress | undefined): string {
  if (selected) return 'border-accent ring-2 ring-accent/35';
  if (progress?.status === 'failed') return 'border-failed';
  if (progress?.status === 'running') return 'border-accent';
  if (progress?.status === 'waiting' || progress?.status === 'retrying') return 'border-waiting';
  return 'border-line-strong/60 hover:border-line-strong';
}

interface CornerMarksProps {
  pinned: boolean;
  problems: string[];
  errors: number;
  /** It was just added: what it needs is said without alarm. */
  fresh: boolean;
}

function CornerMarks({ pinned, problems, errors, fresh }: CornerMarksProps) {
  return (
    <span className="absolute -top-2 right-2 flex gap-1">
      {pinned && (
        <span
          title="Pinned: tests use the pinned items"
          className="rounded-full border border-line bg-surface p-0.5 text-accent"
        >
          <Pin size={11} aria-hidden />
        </span>
      )}
      {problems.length > 0 && fresh && (
        <span title="Needs to be set up" className="mt-1 size-2.5 rounded-full border border-surface bg-faint" />
      )}
      {problems.length > 0 && !fresh && (
        <span
          title={problems.slice(0, 3).join('\n')}
          className={`flex items-center gap-0.5 rounded-full border bg-surface px-1 text-11 leading-[14px] font-semibold ${errors > 0 ? 'border-waiting/60 text-waiting' : 'border-line text-muted'}`}
        >
          <TriangleAlert size={10} aria-hidden />
          {problems.length}
        </span>
      )}
    </span>
  );
}

function RunBadge({ progress }: { progress: StepProgress | undefined }) {
  if (!progress || progress.status === 'idle') return null;
  const items = Object.values(progress.itemsOut).reduce((sum, count) => sum + count, 0);
  const look = statusLooks[progress.status];
  const done = progress.status === 'succeeded' || progress.status === 'doneAfterRetries';
  return (
    <span
      title={progress.error?.message ?? look.label}
      className="absolute -bottom-[9px] left-3 flex h-[18px] items-center gap-1 rounded-full border border-line bg-surface pr-1.5 pl-1 text-11 leading-none text-muted"
    >
      <StatusGlyph status={progress.status} size={12} />
      {done && <span>{formatDuration(progress.workedMs)}</span>}
      {done && items > 0 && <span className="text-faint">· {formatNumber(items)}</span>}
      {!done && (
        <span className={look.colour}>
          {progress.status === 'retrying' ? `Try ${progress.attempt + 1}` : look.label}
        </span>
      )}
      {progress.stepIds.length > 1 && <span className="text-faint">×{formatNumber(progress.stepIds.length)}</span>}
    </span>
  );
}

function Ports({ data, height, bare }: { data: StepData; height: number; bare: boolean }) {
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
          {inputs.length > 1 && !bare && (
            <span className="wf-port-label wf-port-label-in">{port.label ?? port.name}</span>
          )}
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
      {!bare &&
        outputs.map((port, index) => (
          <OutputTail key={port.name} data={data} index={index} top={portOffset(index, outputs.length, height) - 1} />
        ))}
    </>
  );
}

/** What follows an output: its name, on the line and not across it, and a way to go on while nothing follows. */
function OutputTail({ data, index, top }: { data: StepData; index: number; top: number }) {
  const { openPicker } = useCanvasActions();
  const { outputs, connected, node } = data;
  const port = outputs[index];
  if (!port) return null;
  const label = port.label ?? port.name;
  const isNamed = outputs.length > 1 || port.name !== 'main';
  const isOpen = !connected.has(port.name);
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
          aria-label={`Add a step after ${node.name}${port.name === 'main' ? '' : `, ${label}`}`}
          title="Add a step"
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
  return [
    data.node.name,
    data.descriptor?.label ?? data.node.type,
    data.node.disabled ? 'disabled' : undefined,
    state,
    problems > 0 ? countOf(problems, 'problem') : undefined,
  ]
    .filter(Boolean)
    .join(', ');
}
