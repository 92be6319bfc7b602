import { getBezierPath, Position, ViewportPortal } from '@xyflow/react';
import { memo, useMemo } from 'react';
import { lineBack } from '../graph/geometry.js';
import type { CanvasEdge, CanvasNode, StepEdge } from './flow-elements.js';
import { useLineLook } from './line-look.js';

interface FarLinesProps {
  nodes: readonly CanvasNode[];
  edges: readonly CanvasEdge[];
}

/**
 * The connections where they are too small to be pointed at: one drawing with a line each, instead of a drawing, a hit
 * area and a place for tools for each. A step that moves draws only its own lines again.
 */
export function FarLines({ nodes, edges }: FarLinesProps) {
  const byId = useMemo(() => new Map(nodes.map((node) => [node.id, node])), [nodes]);
  return (
    <ViewportPortal>
      <svg aria-hidden className="wf-far-lines">
        {edges.map((edge) => {
          const source = endOf(byId.get(edge.source), edge.sourceHandle, 'source');
          const target = endOf(byId.get(edge.target), edge.targetHandle, 'target');
          if (!source || !target) return null;
          const ends = { sourceX: source[0], sourceY: source[1], targetX: target[0], targetY: target[1] };
          return edge.type === 'undo' ? (
            <FarUndo key={edge.id} {...ends} />
          ) : (
            <FarLine key={edge.id} edge={edge as StepEdge} {...ends} />
          );
        })}
      </svg>
    </ViewportPortal>
  );
}

interface Ends {
  sourceX: number;
  sourceY: number;
  targetX: number;
  targetY: number;
}

const FarLine = memo(function FarLine({ edge, ...ends }: Ends & { edge: StepEdge }) {
  const { sourceX, sourceY, targetX, targetY } = ends;
  const back = lineBack([sourceX, sourceY], [targetX, targetY]);
  const [direct] = getBezierPath({ ...ends, sourcePosition: Position.Right, targetPosition: Position.Left });
  const { stroke, opacity } = useLineLook(edge);
  return <path d={back?.path ?? direct} stroke={stroke} opacity={opacity} />;
});

const FarUndo = memo(function FarUndo(ends: Ends) {
  const [path] = getBezierPath({ ...ends, sourcePosition: Position.Bottom, targetPosition: Position.Top });
  return <path d={path} stroke="var(--waiting)" strokeDasharray="6 12" />;
});

/** Where a line leaves a card, or comes to it. */
function endOf(
  node: CanvasNode | undefined,
  port: string | null | undefined,
  type: 'source' | 'target',
): readonly [number, number] | undefined {
  const handle = node?.handles?.find((candidate) => candidate.type === type && candidate.id === port);
  if (!node || !handle) return undefined;
  const { x, y, width = 0, height = 0, position } = handle;
  const [left, top] = [node.position.x + x, node.position.y + y];
  switch (position) {
    case Position.Left:
      return [left, top + height / 2];
    case Position.Right:
      return [left + width, top + height / 2];
    case Position.Top:
      return [left + width / 2, top];
    case Position.Bottom:
      return [left + width / 2, top + height];
  }
}
