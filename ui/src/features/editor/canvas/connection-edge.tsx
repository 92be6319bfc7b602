import { BaseEdge, EdgeLabelRenderer, getBezierPath } from '@xyflow/react';
import type { EdgeProps } from '@xyflow/react';
import { Plus, Trash2 } from 'lucide-react';
import { memo, useRef, useState } from 'react';
import { formatNumber } from '../../../shared/format/count.js';
import { useEditorStore } from '../editor-store.js';
import { useCanvasLocked } from './use-canvas-locked.js';
import { disconnect } from '../graph/connect.js';
import { lineBack, pointOnLine } from '../graph/geometry.js';
import type { Point } from '../graph/geometry.js';
import { useCanvasActions } from './canvas-actions.js';
import type { StepEdge } from './flow-elements.js';
import { useLineLook } from './line-look.js';
import { t } from '../../../shared/i18n/i18n.js';

export const ConnectionEdge = memo(function ConnectionEdge(props: EdgeProps<StepEdge>) {
  const { selected = false } = props;
  const { path, label } = lineOf(props);
  const [labelX, labelY] = label;
  const [hovered, hover] = useHover();
  const { count, isError, takesDrop, stroke, opacity } = useLineLook(props, hovered);
  return (
    <g onMouseEnter={hover.enter} onMouseLeave={hover.leave}>
      <BaseEdge
        path={path}
        interactionWidth={24}
        style={{
          stroke,
          strokeWidth: takesDrop ? 5 : selected ? 2.5 : 1.75,
          opacity,
          ...(isError ? { strokeDasharray: '5 4' } : {}),
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

function lineOf(edge: EdgeProps<StepEdge>): { path: string; label: Point } {
  const back = lineBack([edge.sourceX, edge.sourceY], [edge.targetX, edge.targetY]);
  if (back) return { path: back.path, label: back.middle };
  const [path, middleX, middleY] = getBezierPath(edge);
  return { path, label: labelPlace(edge, [middleX, middleY]) };
}

/** The middle of the line; beside the name of a port where the line is so short that the number would lie on it. */
function labelPlace({ sourceX, sourceY, targetX, targetY, data }: EdgeProps<StepEdge>, middle: Point): Point {
  const isShort = targetX > sourceX && targetX - sourceX < 160;
  if (!isShort || !data || data.fromNamed === data.intoNamed) return middle;
  return pointOnLine([sourceX, sourceY], [targetX, targetY], data.fromNamed ? 0.75 : 0.1);
}

function EdgeTools({ edge }: { edge: EdgeProps<StepEdge> }) {
  const { openPicker } = useCanvasActions();
  const store = useEditorStore();
  const connection = edge.data?.connection;
  const locked = useCanvasLocked();
  if (!connection || locked) return null;
  return (
    <span className="flex overflow-hidden rounded-full border border-line bg-surface shadow-sm">
      <button
        type="button"
        aria-label={t('editor.insertHere')}
        title={t('editor.insertHere')}
        className="flex size-6 items-center justify-center text-muted hover:bg-accent-soft hover:text-accent"
        onClick={(event) =>
          openPicker({ placement: { kind: 'between', connection }, at: { x: event.clientX, y: event.clientY } })
        }
      >
        <Plus size={14} aria-hidden />
      </button>
      <button
        type="button"
        aria-label={t('editor.removeThisConnection')}
        title={t('editor.removeThisConnection')}
        className="flex size-6 items-center justify-center text-muted hover:bg-failed-soft hover:text-failed"
        onClick={() =>
          store.getState().edit(t('editor.removeConnection'), (document) => disconnect(document, new Set([edge.id])))
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
