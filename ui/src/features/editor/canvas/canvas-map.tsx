import { Panel, useReactFlow, useStore } from '@xyflow/react';
import { useMemo, useRef } from 'react';
import type { PointerEvent, WheelEvent } from 'react';
import type { CanvasNode } from './flow-elements.js';
import { useTransform } from './use-transform.js';
import { t } from '../../../shared/i18n/i18n.js';

const room = { width: 200, height: 150 };
const margin = 8;

/**
 * All steps in small, and the part of them that is in view. Pressing or dragging moves the canvas there, the wheel zooms.
 * The steps are one shape, and the frame is moved without drawing it again.
 */
export function CanvasMap({ nodes }: { nodes: readonly CanvasNode[] }) {
  const flow = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const frame = useRef<HTMLDivElement>(null);
  const { left, top, scale } = useMemo(() => placeOf(nodes), [nodes]);
  const shape = useMemo(
    () =>
      nodes
        .filter(({ type }) => type !== 'box')
        .map((node) => {
          const [x, y] = [(node.position.x - left) * scale, (node.position.y - top) * scale];
          const [w, h] = [(node.width ?? 0) * scale, (node.height ?? 0) * scale];
          return `M${x.toFixed(1)} ${y.toFixed(1)}h${w.toFixed(1)}v${Math.max(1, h).toFixed(1)}h${(-w).toFixed(1)}z`;
        })
        .join(''),
    [nodes, left, top, scale],
  );
  const placeFrame = (x: number, y: number, zoom: number) => {
    if (!frame.current) return;
    const { style } = frame.current;
    style.transform = `translate(${(-x / zoom - left) * scale}px, ${(-y / zoom - top) * scale}px)`;
    style.width = `${(width / zoom) * scale}px`;
    style.height = `${(height / zoom) * scale}px`;
  };
  useTransform(placeFrame);
  const moveTo = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons !== 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const box = event.currentTarget.getBoundingClientRect();
    const { zoom } = flow.getViewport();
    const x = (event.clientX - box.left) / scale + left;
    const y = (event.clientY - box.top) / scale + top;
    void flow.setViewport({ x: width / 2 - x * zoom, y: height / 2 - y * zoom, zoom });
  };
  const zoom = (event: WheelEvent) => void flow.zoomTo(flow.getZoom() * Math.exp(-event.deltaY / 500));
  return (
    <Panel position="bottom-right" className="overflow-hidden rounded-card border border-line bg-surface">
      <div
        role="img"
        aria-label={t('editor.mapOf')}
        style={room}
        className="relative cursor-pointer touch-none"
        onPointerDown={moveTo}
        onPointerMove={moveTo}
        onWheel={zoom}
      >
        <svg aria-hidden {...room} className="text-line-strong">
          <path d={shape} fill="currentColor" />
        </svg>
        <div ref={frame} className="wf-map-frame" />
      </div>
    </Panel>
  );
}

/** Where the map begins on the canvas, and how much smaller it is. */
function placeOf(nodes: readonly CanvasNode[]): { left: number; top: number; scale: number } {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { position, width = 0, height = 0 } of nodes) {
    left = Math.min(left, position.x);
    top = Math.min(top, position.y);
    right = Math.max(right, position.x + width);
    bottom = Math.max(bottom, position.y + height);
  }
  const scale = Math.min(
    (room.width - 2 * margin) / Math.max(1, right - left),
    (room.height - 2 * margin) / Math.max(1, bottom - top),
  );
  // What is there stands in the middle.
  return {
    left: (left + right) / 2 - room.width / 2 / scale,
    top: (top + bottom) / 2 - room.height / 2 / scale,
    scale,
  };
}
