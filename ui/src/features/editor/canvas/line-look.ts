import { useRunState } from '../../../shared/runs/run-store.js';
import { useEditor } from '../editor-store.js';
import type { StepEdge } from './flow-elements.js';

/** How a connection looks: whether it is chosen, and what the run that is shown sent through it. */
export function useLineLook(edge: Pick<StepEdge, 'id' | 'source' | 'selected' | 'data'>, hovered = false) {
  const { node, port } = edge.data?.connection.from ?? { node: edge.source, port: 'main' };
  const count = useRunState((state) => state.progress.steps[node]?.itemsOut[port]);
  const isRun = useRunState((state) => state.progress.status !== undefined);
  const takesDrop = useEditor((state) => state.spliceTarget === edge.id);
  const isError = port === 'error';
  const isChosen = (edge.selected ?? false) || hovered || takesDrop;
  const stroke = isChosen
    ? 'var(--accent)'
    : isError
      ? 'var(--failed)'
      : count === undefined
        ? 'var(--line-strong)'
        : 'var(--ok)';
  return { count, isError, takesDrop, stroke, opacity: isRun && count === undefined ? 0.45 : 1 };
}
