import type { Item } from '@wfaib/sdk/items';
import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { Copy, Download, Pin, PinOff } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { IconButton } from '../../../shared/components/button.js';
import { Menu } from '../../../shared/components/menu.js';
import { SearchBox } from '../../../shared/components/search-box.js';
import { Segmented } from '../../../shared/components/segmented.js';
import { ErrorCard } from '../../../shared/data/error-card.js';
import { downloadItems } from '../../../shared/data/take-items.js';
import { toCsv } from '../../../shared/data/to-csv.js';
import { StepItems } from '../../../shared/data/step-items.js';
import type { DataView } from '../../../shared/data/step-items.js';
import { notifyError } from '../../../shared/components/toasts.js';
import { formatNumber } from '../../../shared/format/count.js';
import { copyText } from '../../../shared/hooks/copy-text.js';
import { downloadText, fileNameOf } from '../../../shared/hooks/download.js';
import { useStored } from '../../../shared/hooks/use-stored.js';
import { useRunState } from '../../../shared/runs/run-store.js';
import { outputPorts, portChoices } from '../../../shared/steps/ports.js';
import { get } from '../../../api/client.js';
import type { ItemPage } from '../../../api/types.js';
import { isWatching, useDocument, useEditor, useEditorStore } from '../editor-store.js';
import { upstreamOf } from '../graph/neighbours.js';
import { shownInput, shownOutput } from './shown-output.js';
import { usePinning } from './use-pinning.js';
import { t } from '../../../shared/i18n/i18n.js';

const PinnedData = lazy(() => import('./pinned-data.js').then((module) => ({ default: module.PinnedData })));

interface DataPaneProps {
  node: WorkflowNode;
  side: 'input' | 'output';
}

const views: DataView[] = ['table', 'json', 'schema'];

/** What went into a step, or came out of it. As input any earlier step of the run can be looked at. */
export function DataPane({ node, side }: DataPaneProps) {
  const [view, setView] = useStored<DataView>('data-view', 'table');
  const store = useEditorStore();
  const [sourcePort, setSourcePort] = useState<string>();
  const [source, setSource] = useState('');
  const [q, setQ] = useState('');
  const document = useDocument();
  const runId = useRunState((state) => state.runId);
  const progress = useRunState((state) => state.progress);
  const earlier = useRunState((state) => state.earlier);
  const catalog = useEditor((state) => state.catalog);
  const own = useEditor((state) => state.looked);

  const looked = document.nodes.find(({ id }) => id === source) ?? node;
  const isOther = looked !== node;
  const shownSide = isOther ? 'output' : side;
  const runs = { runId, progress, earlier };
  const cameIn = shownSide === 'input' ? shownInput(document, runs, node.id, own) : undefined;
  const gave = shownSide === 'output' ? shownOutput(runs, looked.id, isOther ? { port: sourcePort } : own) : undefined;
  const shown = cameIn ?? gave;
  const { step, ports = [] } = shown ?? {};
  const shownPort = shown?.port;
  const setPort = (port: string) =>
    isOther ? setSourcePort(port) : store.getState().set({ looked: { ...own, port } });
  const waysOut = outputPorts(looked, catalog.find(looked.type));
  const isPinned = shownSide === 'output' && looked.pinned !== undefined;
  const root = side === 'output' || isOther ? `$(${JSON.stringify(looked.name)}).item.json` : '$json';
  const upstream = side === 'input' ? upstreamOf(document, node.id) : [];
  const request = shown && {
    runId: shown.runId,
    stepId: shown.stepId,
    side: cameIn?.side ?? shownSide,
    port: shownPort,
    version: shown.step.workedMs,
    ...(q ? { q } : {}),
  };
  const pinned = () => (looked.pinned ?? []).map((item) => ({ ...item, source: [] }) as Item);
  return (
    <section
      aria-label={side === 'input' ? t('editor.data.input') : t('editor.data.output')}
      className="flex h-full min-w-0 flex-1 flex-col bg-surface"
    >
      <header className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-3 py-1">
        <h3 className="text-12 font-medium text-muted">
          {side === 'input' ? t('editor.data.input') : t('editor.data.output')}
        </h3>
        {side === 'input' && upstream.length > 0 && (
          <select
            aria-label={t('editor.data.inputOf')}
            value={isOther ? source : ''}
            onChange={(event) => setSource(event.target.value)}
            className="field-input h-6! min-h-0! max-w-44 min-w-24 shrink py-0! text-12!"
          >
            <option value="">
              {cameIn?.side === 'output' ? t('editor.data.stepBefore') : t('editor.data.cameIn')}
            </option>
            {upstream.map((id) => (
              <option key={id} value={id}>
                {document.nodes.find((other) => other.id === id)?.name}
              </option>
            ))}
          </select>
        )}
        {shownSide === 'output' && waysOut.length > 1 && ports.length > 0 && !isPinned && (
          <Segmented
            dense
            label={t('editor.data.port')}
            value={shownPort ?? ''}
            onChange={setPort}
            options={portChoices(waysOut, ports).map(({ value, label }) => ({
              value,
              label: `${label} ${formatNumber(step?.itemsOut[value] ?? 0)}`,
            }))}
          />
        )}
        {shownSide === 'output' && shownPort && !isPinned && (
          <span className="text-12 whitespace-nowrap text-muted">
            {t('common.items', { count: step?.itemsOut[shownPort] ?? 0 })}
          </span>
        )}
        <div className="flex-1" />
        {!isPinned && request && <SearchBox dense label={t(`editor.data.search.${side}`)} value={q} onChange={setQ} />}
        {!isPinned && (
          <Segmented
            dense
            label={t('common.view')}
            value={view}
            onChange={setView}
            options={views.map((value) => ({ value, label: t(`editor.data.view.${value}`) }))}
          />
        )}
        <Menu
          trigger={
            <IconButton label={t(`editor.data.take.${side}`)} disabled={!request && !isPinned}>
              <Download size={14} />
            </IconButton>
          }
          entries={[
            {
              label: t('editor.data.copyJson'),
              icon: <Copy size={14} />,
              onSelect: () => void (isPinned || !request ? copyText(jsonOf(pinned())) : copyFirst(request)),
            },
            {
              label: t('editor.data.downloadJson'),
              icon: <Download size={14} />,
              onSelect: () =>
                isPinned || !request
                  ? downloadText(`${fileNameOf(looked.name)}.json`, jsonOf(pinned()))
                  : downloadItems(request, looked.name, 'json'),
            },
            {
              label: t('editor.data.downloadCsv'),
              icon: <Download size={14} />,
              onSelect: () =>
                isPinned || !request
                  ? downloadText(`${fileNameOf(looked.name)}.csv`, toCsv(pinned()), 'text/csv')
                  : downloadItems(request, looked.name, 'csv'),
            },
          ]}
        />
        {side === 'output' && <PinButton node={node} hasOutput={request !== undefined} />}
      </header>
      <div className="min-h-0 flex-1">
        {isPinned && side === 'output' ? (
          <Suspense fallback={null}>
            <PinnedData node={node} />
          </Suspense>
        ) : !request ? (
          <p className="p-6 text-center text-13 text-muted">
            {runId ? t('editor.data.notRun') : t('editor.data.testFirst')}
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

/** Pins what is shown, or lets it go; off, with the reason, where neither can be done. */
function PinButton({ node, hasOutput }: { node: WorkflowNode; hasOutput: boolean }) {
  const pinning = usePinning(node);
  const watching = useEditor(isWatching);
  const isPinned = node.pinned !== undefined;
  const reason = watching ? t('editing.notNow') : isPinned || hasOutput ? undefined : t('editor.data.testFirst');
  return (
    <IconButton
      label={isPinned ? t('editor.data.unpin') : t('editor.data.pin')}
      keys="P"
      pressed={isPinned}
      disabled={reason !== undefined}
      {...(reason ? { title: reason } : {})}
      onClick={() => void pinning.toggle()}
    >
      {isPinned ? <PinOff size={15} /> : <Pin size={15} />}
    </IconButton>
  );
}

/** More than these make a page slow and no clipboard better: a file has them all. */
const mostTaken = 1_000;

async function firstItems(request: { runId: string; stepId: string; side: string; port: string | undefined }) {
  const { runId, stepId, side, port } = request;
  const page = await get<ItemPage>(`/api/runs/${runId}/steps/${encodeURIComponent(stepId)}/items`, {
    query: { side, port, offset: 0, limit: mostTaken },
  });
  return { items: page.items, total: page.total ?? page.items.length };
}

/** Copies as many items as a clipboard should take, and says so where there are more. */
async function copyFirst(request: Parameters<typeof firstItems>[0]): Promise<void> {
  try {
    const { items, total } = await firstItems(request);
    const { length: count } = items;
    const isCut = total > count;
    await copyText(
      jsonOf(items),
      isCut ? t('editor.data.copiedSome', { count, total: formatNumber(total) }) : undefined,
    );
  } catch (error) {
    notifyError(error);
  }
}

const jsonOf = (items: readonly Item[]) =>
  JSON.stringify(
    items.map(({ json }) => json),
    null,
    2,
  );
