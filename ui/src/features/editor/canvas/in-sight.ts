import { cardHeight, cardWidth } from '../graph/geometry.js';

interface View {
  x: number;
  y: number;
  zoom: number;
}

/** Whether some of these steps are within a pane of this size: a place that was kept in a large window may show none in a small one. */
export function isAnyInSight(
  steps: readonly { position?: readonly [number, number] | undefined }[],
  { x, y, zoom }: View,
  pane: { width: number; height: number },
): boolean {
  return steps.some(({ position: [left, top] = [0, 0] }) => {
    const [from, down] = [left * zoom + x, top * zoom + y];
    return from < pane.width && from + cardWidth * zoom > 0 && down < pane.height && down + cardHeight * zoom > 0;
  });
}
