import type { Item } from '@wfaib/sdk/items';
import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { Copy, Download, Pin, PinOff } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../../shared/components/button.js';
import { Menu } from '../../../shared/components/menu.js';
import { SearchBox } from '../../../shared/components/search-box.js';
import { Segmented } from '../../../shared/components/segmented.js';
import { ErrorCard } from '../../../shared/data/error-card.js';
import { toCsv } from '../../../shared/data/to-csv.js';
import { StepItems } from '../../../shared/data/step-items.js';
import type { DataView } from '../../../shared/data/step-items.js';
import { notifyError } from '../../../shared/components/toasts.js';
import { countOf } from '../../../shared/format/count.js';
import { copyText } from '../../../shared/hooks/copy-text.js';
import { downloadText, fileNameOf } from '../../../shared/hooks/download.js';
import { useStored } from '../../../shared/hooks/use-stored.js';
import { stepsWithEarlier, useRunState } from '../../../shared/runs/run-store.js';
import { get } from '../../../api/client.js';
import type { ItemPage } from '../../../api/types.js';
import { useDocument } from '../editor-store.js';
import { upstreamOf } from '../graph/neighbours.js';
import { PinnedData } from './pinned-data.js';
import { usePinning } from './use-pinning.js';

interface DataPaneProps {
  node: WorkflowNode;
  side: 'input' | 'output';
  /** Which time the step ran, of several; `undefined` is the last. */
  visit: number | undefined;
}

const views: { value: DataView; label: string }[] = [
  { value: 'table', label: 'Table' },
  { value: 'json', label: 'JSON' },
  { value: 'schema', label: 'Schema' },
];

/** What went into a step, or came out of it. As input any earlier step of the run can be looked at. */
export function DataPane({ node, side, visit }: DataPaneProps) {
  const [view, setView] = useStored<DataView>('data-view', 'table');
  const [port, setPort] = useState<string>();
  const [source, setSource] = useState('');
  const [q, setQ] = useState('');
  const document = useDocument();
  const runId = useRunState((state) => state.runId);
  const progress = useRunState((state) => state.progress);
  const earlier = useRunState((state) => state.earlier);
  const { steps, runOf } = stepsWithEarlier({ runId, progress, earlier });
  const pinning = usePinning(node);

  const looked = document.nodes.find(({ id }) => id === source) ?? node;
  const isOther = looked !== node;
  const step = steps[looked.id];
  const stepIds = step?.stepIds ?? [];
  const stepId = stepIds[isOther ? stepIds.length - 1 : Math.min(visit ?? stepIds.length - 1, stepIds.length - 1)];
  const shownSide = isOther ? 'output' : side;
  const ports = Object.keys(step?.itemsOut ?? {});
  const shownPort = shownSide === 'output' ? (port && ports.includes(port) ? port : ports[0]) : undefined;
  const isPinned = shownSide === 'output' && looked.pinned !== undefined;
  const root = side === 'output' || isOther ? `$(${JSON.stringify(looked.name)}).item.json` : '$json';
  const from = runOf(looked.id);
  const upstream = side === 'input' ? upstreamOf(document, node.id) : [];
  const request =
    from && stepId
      ? { runId: from, stepId, side: shownSide, port: shownPort, version: step?.workedMs, ...(q ? { q } : {}) }
      : undefined;
  const take = async (handOver: (items: Item[]) => void) => {
    try {
      if (isPinned) handOver((looked.pinned ?? []).map((item) => ({ ...item, source: [] }) as Item));
      else if (request) handOver(await allItems(request));
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <section
      aria-label={side === 'input' ? 'Input' : 'Output'}
      className="flex h-full min-w-0 flex-1 flex-col bg-surface"
    >
      <header className="flex h-9 shrink-0 items-center gap-2 overflow-x-auto border-b border-line px-3">
        <h3 className="text-12 font-medium text-muted">{side === 'input' ? 'Input' : 'Output'}</h3>
        {side === 'input' && upstream.length > 0 && (
          <select
            aria-label="Input of which step"
            value={isOther ? source : ''}
            onChange={(event) => setSource(event.target.value)}
            className="field-input h-6! min-h-0! max-w-44 min-w-24 shrink py-0! text-12!"
          >
            <option value="">What came in</option>
            {upstream.map((id) => (
              <option key={id} value={id}>
                {document.nodes.find((other) => other.id === id)?.name}
              </option>
            ))}
          </select>
        )}
        {shownSide === 'output' && ports.length > 1 && !isPinned && (
          <Segmented
            dense
            label="Port"
            value={shownPort ?? ''}
            onChange={setPort}
            options={ports.map((name) => ({ value: name, label: `${name} ${step?.itemsOut[name] ?? 0}` }))}
          />
        )}
        {shownSide === 'output' && shownPort && !isPinned && (
          <span className="text-12 whitespace-nowrap text-muted">
            {countOf(step?.itemsOut[shownPort] ?? 0, 'item')}
          </span>
        )}
        <div className="flex-1" />
        {!isPinned && request && <SearchBox dense label={`Search ${side} items`} value={q} onChange={setQ} />}
        {!isPinned && <Segmented dense label="View" value={view} onChange={setView} options={views} />}
        <Menu
          trigger={
            <IconButton label={`Take the ${side} along`} disabled={!request && !isPinned}>
              <Download size={14} />
            </IconButton>
          }
          entries={[
            {
              label: 'Copy as JSON',
              icon: <Copy size={14} />,
              onSelect: () => void take((items) => void copyText(jsonOf(items))),
            },
            {
              label: 'Download as JSON',
              icon: <Download size={14} />,
              onSelect: () => void take((items) => downloadText(`${fileNameOf(looked.name)}.json`, jsonOf(items))),
            },
            {
              label: 'Download as CSV',
              icon: <Download size={14} />,
              onSelect: () =>
                void take((items) => downloadText(`${fileNameOf(looked.name)}.csv`, toCsv(items), 'text/csv')),
            },
          ]}
        />
        {side === 'output' && (
          <IconButton
            label={node.pinned ? 'Unpin: run the step again in tests' : 'Pin: use this output in tests'}
            keys="P"
            pressed={node.pinned !== undefined}
            onClick={() => void pinning.toggle()}
          >
            {node.pinned ? <PinOff size={15} /> : <Pin size={15} />}
          </IconButton>
        )}
      </header>
      <div className="min-h-0 flex-1">
        {isPinned && side === 'output' ? (
          <PinnedData node={node} />
        ) : !request ? (
          <p className="p-6 text-center text-13 text-muted">
            {runId ? 'This step has not run in this test.' : 'Test the workflow to see what goes in and comes out.'}
          </p>
        ) : step?.status === 'failed' && step.error && shownSide === 'output' ? (
          <div className="thin-scroll h-full overflow-auto p-3">
            <ErrorCard error={step.error} />
          </div>
        ) : (
          <StepItems request={request} view={view} root={root} />
        )}
      </div>
    </section>
  );
}

const mostTaken = 1_000;

async function allItems(request: { runId: string; stepId: string; side: string; port: string | undefined }) {
  const { runId, stepId, side, port } = request;
  const page = await get<ItemPage>(`/api/runs/${runId}/steps/${encodeURIComponent(stepId)}/items`, {
    query: { side, port, offset: 0, limit: mostTaken },
  });
  return page.items;
}

const jsonOf = (items: readonly Item[]) =>
  JSON.stringify(
    items.map(({ json }) => json),
    null,
    2,
  );
