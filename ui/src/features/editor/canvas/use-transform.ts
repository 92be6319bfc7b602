import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';

/** Calls `place` with where the canvas stands: after each drawing, and each time it moves. A move draws nothing again. */
export function useTransform(place: (x: number, y: number, zoom: number) => void): void {
  const flow = useStoreApi();
  const latest = useRef(place);
  latest.current = place;
  useEffect(() => latest.current(...flow.getState().transform));
  useEffect(() => {
    let before = flow.getState().transform;
    return flow.subscribe(({ transform }) => {
      if (transform.every((value, index) => value === before[index])) return;
      before = transform;
      latest.current(...transform);
    });
  }, [flow]);
}
