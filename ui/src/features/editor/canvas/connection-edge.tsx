import { BaseEdge, EdgeLabelRenderer, getBezierPath } from '@xyflow/react';
import type { EdgeProps } from '@xyflow/react';
import { Plus, Trash2 } from 'lucide-react';
import { memo, useRef, useState } from 'react';
import { formatNumber } from '../../../shared/format/count.js';
import { useRunState } from '../../../shared/runs/run-store.js';
import { useEditor, useEditorStore } from '../editor-store.js';
import { disconnect } from '../graph/connect.js';
import { useCanvasActions } from './canvas-actions.js';
import type { StepEdge } from './flow-elements.js';

export const ConnectionEdge = memo(function ConnectionEdge(props: EdgeProps<StepEdge>) {
  const { selected = false } = props;
  const { node: source, port } = props.data?.connection.from ?? { node: props.source, port: 'main' };
  const [path, labelX, labelY] = getBezierPath(props);
  const [hovered, hover] = useHover();
  const count = useRunState((state) => state.progress.steps[source]?.itemsOut[port]);
  const unused = useRunState(
    (state) => state.progress.status !== undefined && state.progress.steps[source]?.itemsOut[port] === undefined,
  );
  const takesDrop = useEditor((state) => state.spliceTarget === props.id);
  const colour =
    selected || hovered || takesDrop
      ? 'var(--accent)'
      : port === 'error'
        ? 'var(--failed)'
        : count === undefined
          ? 'var(--line-strong)'
          : 'var(--ok)';
  return (
    <g onMouseEnter={hover.enter} onMouseLeave={hover.leave}>
      <BaseEdge
        path={path}
        interactionWidth={24}
        style={{
          stroke: colour,
          strokeWidth: takesDrop ? 5 : selected ? 2.5 : 1.75,
          opacity: unused ? 0.45 : 1,
          ...(port === 'error' ? { strokeDasharray: '5 4' } : {}),
        }}
      />
      {(count !== undefined || hovered || selected) && (
        <EdgeLabelRenderer>
          <div
            className="nodrag nopan absolute"
            style={{
              transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)`,
              pointerEvents: 'all',
              zIndex: 5,
            }}
            onMouseEnter={hover.enter}
            onMouseLeave={hover.leave}
          >
            {hovered || selected ? (
              <EdgeTools edge={props} />
            ) : (
              <span className="rounded-full bg-canvas px-1.5 text-11 text-muted">{formatNumber(count ?? 0)}</span>
            )}
          </div>
        </EdgeLabelRenderer>
      )}
    </g>
  );
});

function EdgeTools({ edge }: { edge: EdgeProps<StepEdge> }) {
  const { openPicker } = useCanvasActions();
  const store = useEditorStore();
  const connection = edge.data?.connection;
  if (!connection) return null;
  return (
    <span className="flex overflow-hidden rounded-full border border-line bg-surface shadow-sm">
      <button
        type="button"
        aria-label="Insert a step here"
        title="Insert a step here"
        className="flex size-6 items-center justify-center text-muted hover:bg-accent-soft hover:text-accent"
        onClick={(event) =>
          openPicker({ placement: { kind: 'between', connection }, at: { x: event.clientX, y: event.clientY } })
        }
      >
        <Plus size={14} aria-hidden />
      </button>
      <button
        type="button"
        aria-label="Remove this connection"
        title="Remove this connection"
        className="flex size-6 items-center justify-center text-muted hover:bg-failed-soft hover:text-failed"
        onClick={() =>
          store.getState().edit('Remove connection', (document) => disconnect(document, new Set([edge.id])))
        }
      >
        <Trash2 size={12} aria-hidden />
      </button>
    </span>
  );
}

/** The tools are not inside the line, so leaving the line waits a moment for the pointer to arrive at them. */
function useHover() {
  const [hovered, setHovered] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const enter = () => {
    clearTimeout(timer.current);
    setHovered(true);
  };
  const leave = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setHovered(false), 160);
  };
  return [hovered, { enter, leave }] as const;
}
