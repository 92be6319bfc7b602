import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import type { RefObject } from 'react';
import { useEditor, useEditorStore } from '../editor-store.js';
import { cardHeight, cardWidth } from '../graph/geometry.js';

const margin = 40;
/** What stands behind a card: the names of its ways out and the plus. */
const tailWidth = 96;

/** Pans just enough that the one selected step is in view: neither outside nor behind the panel. */
export function useSelectionInView(container: RefObject<HTMLDivElement | null>): void {
  const store = useEditorStore();
  const flow = useReactFlow();
  const selected = useEditor((state) => (state.selection.nodes.length === 1 ? state.selection.nodes[0] : undefined));
  const panelOpen = useEditor((state) => state.panelOpen);
  useEffect(() => {
    if (!selected) return;
    // The pane changes its size with the panel, so it is measured one frame later.
    const frame = requestAnimationFrame(() => {
      const node = store.getState().history.document.nodes.find(({ id }) => id === selected);
      const { clientWidth: width = 0, clientHeight: height = 0 } = container.current ?? {};
      if (!node || width === 0) return;
      const { x, y, zoom } = flow.getViewport();
      const left = (node.position?.[0] ?? 0) * zoom + x;
      const top = (node.position?.[1] ?? 0) * zoom + y;
      const dx = shift(left, left + (cardWidth + tailWidth) * zoom, width);
      const dy = shift(top, top + cardHeight * zoom, height);
      if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: animation() });
      const active = document.activeElement;
      if (active === document.body || container.current?.contains(active)) {
        container.current
          ?.querySelector<HTMLElement>(`[data-step="${CSS.escape(selected)}"]`)
          ?.focus({ preventScroll: true });
      }
    });
    return () => cancelAnimationFrame(frame);
  }, [selected, panelOpen, store, flow, container]);
}

function shift(start: number, end: number, room: number): number {
  if (start < margin) return margin - start;
  if (end > room - margin) return Math.max(room - margin - end, margin - start);
  return 0;
}

export const animation = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200);
