import { useReactFlow } from '@xyflow/react';
import { useCallback } from 'react';

/** Turns a place on the screen into one on the canvas. */
export function useScreenToCanvas() {
  const flow = useReactFlow();
  return useCallback(
    (at: { x: number; y: number }): [number, number] => {
      const { x, y } = flow.screenToFlowPosition(at);
      return [Math.round(x), Math.round(y)];
    },
    [flow],
  );
}
