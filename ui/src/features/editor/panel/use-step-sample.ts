import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { get } from '../../../api/client.js';
import type { ItemPage } from '../../../api/types.js';
import type { ExpressionSample } from '../../../shared/expressions/sample-context.js';
import { stepsWithEarlier, useRunState } from '../../../shared/runs/run-store.js';
import { useDocument, useEditor, useEditorStore } from '../editor-store.js';
import { upstreamOf } from '../graph/neighbours.js';
import { itemSources } from './item-sources.js';
import type { ItemSourceQuery } from './item-sources.js';

const sampleSize = 20;
const longestUpstream = 16;

/** Real data for the expressions of a step: what came into it in the last run, and what earlier steps gave. */
export function useStepSample(nodeId: string): ExpressionSample {
  const document = useDocument();
  const store = useEditorStore();
  const runId = useRunState((state) => state.runId);
  const fresh = useRunState((state) => state.progress.steps);
  const earlier = useRunState((state) => state.earlier);
  const { steps, runOf } = useMemo(
    () => stepsWithEarlier({ runId, progress: { steps: fresh }, earlier }),
    [runId, fresh, earlier],
  );
  const itemIndex = useEditor((state) => state.sampleIndex);
  const offset = Math.floor(itemIndex / sampleSize) * sampleSize;
  const upstream = useMemo(() => upstreamOf(document, nodeId).slice(0, longestUpstream), [document, nodeId]);
  const sources = useMemo(() => itemSources(document, nodeId, upstream, steps), [document, nodeId, upstream, steps]);
  const answers = useQueries({
    queries: [sources.input, ...sources.upstream].map((source) => ({
      queryKey: ['sample', source && runOf(source.nodeId), source, offset],
      enabled:
        source !== undefined &&
        runOf(source.nodeId) !== undefined &&
        source !== undefined &&
        source.pinned === undefined,
      staleTime: Infinity,
      queryFn: () => loadSample((source && runOf(source.nodeId)) ?? '', source, offset),
    })),
    combine: (results) => results.map((result) => result.data),
  });
  return useMemo(() => {
    const itemsAt = (index: number, source: ItemSourceQuery | undefined) =>
      source?.pinned?.slice(offset, offset + sampleSize) ?? answers[index]?.items ?? [];
    const nodes: ExpressionSample['nodes'] = {};
    upstream.forEach((id, index) => {
      const name = document.nodes.find((node) => node.id === id)?.name;
      const source = sources.upstream[index];
      if (name !== undefined) nodes[name] = { isExecuted: source !== undefined, items: itemsAt(index + 1, source) };
    });
    const items = itemsAt(0, sources.input);
    return {
      items,
      itemIndex: Math.min(itemIndex - offset, Math.max(0, items.length - 1)),
      offset,
      total: sources.input?.pinned?.length ?? answers[0]?.total ?? items.length,
      nodes,
      timezone: document.settings.timezone,
      workflow: { id: store.getState().workflowId, name: document.name },
      run: { id: runId ?? 'preview', mode: 'test' },
    };
  }, [answers, upstream, document, itemIndex, offset, runId, store, sources]);
}

async function loadSample(runId: string, source: ItemSourceQuery | undefined, offset: number): Promise<ItemPage> {
  if (!source) return { items: [], origins: {} };
  return get<ItemPage>(`/api/runs/${runId}/steps/${encodeURIComponent(source.stepId)}/items`, {
    query: { side: source.side, port: source.port, offset, limit: sampleSize },
  });
}
