import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { IterationStatus } from '../../api/types.js';
import { IconButton } from '../../shared/components/button.js';
import { formatNumber } from '../../shared/format/count.js';
import { useIterations } from './api/use-visits.js';
import type { Selection } from './model/selection.js';
import type { TreeRow } from './model/step-tree.js';
import { t } from '../../shared/i18n/i18n.js';

const looks: Record<IterationStatus, string> = {
  failed: 'bg-failed',
  waiting: 'bg-waiting',
  running: 'bg-accent',
  handled: 'bg-failed/60',
  retried: 'bg-retrying',
  succeeded: 'bg-ok/70',
};

interface LoopStripProps {
  runId: string;
  row: TreeRow;
  selection: Selection;
  onIteration(iteration: number[]): void;
}

/** All iterations of a loop at a glance: a cell each, or a cell for neighbours where there are more than 200. */
export function LoopStrip({ runId, row, selection, onIteration }: LoopStripProps) {
  const [problems, setProblems] = useState(false);
  const within = selection.iteration.slice(0, row.depth);
  const chosen =
    selection.nodeId && row.body.includes(selection.nodeId) ? (selection.iteration[row.depth] ?? 0) : undefined;
  const at = chosen ?? 0;
  const query = useIterations(runId, {
    body: row.body,
    within,
    problems,
    offset: problems ? 0 : Math.floor(at / 100) * 100,
  });
  const data = query.data;
  if (!data || data.parts.length === 0) return <div className="h-16" />;
  const count = data.parts.at(-1)!.to + 1;
  const go = (index: number) => onIteration([...within, Math.min(count - 1, Math.max(0, index))]);
  // Until those that had trouble are there, the next of them is not known.
  const isUnknown = problems && query.isPlaceholderData;
  const stepTo = (by: number) => {
    if (!problems) return go(at + by);
    const next = by > 0 ? data.items.find(({ index }) => index > at) : data.items.findLast(({ index }) => index < at);
    if (next) go(next.index);
  };
  return (
    <div
      className="wf-dense flex h-16 flex-col justify-center gap-1 border-b border-line/60 pr-4"
      style={{ paddingLeft: 30 + row.depth * 16 }}
    >
      <div className="flex items-center gap-2 text-12 text-muted">
        <IconButton
          label={t('runs.loop.previous', { name: row.name })}
          keys=","
          className="size-6!"
          disabled={at <= 0 || isUnknown}
          onClick={() => stepTo(-1)}
        >
          <ChevronLeft size={14} />
        </IconButton>
        <label className="flex items-center gap-1">
          <span className="sr-only">{t('runs.loop.iteration', { name: row.name })}</span>
          <input
            type="number"
            min={1}
            max={count}
            value={chosen === undefined ? '' : chosen + 1}
            placeholder="–"
            onChange={(event) => event.target.value && go(Number(event.target.value) - 1)}
            className="field-input h-6! min-h-6! w-20! py-0! text-12!"
          />
          <span className="whitespace-nowrap">{t('runs.loop.of', { count: formatNumber(count) })}</span>
        </label>
        <IconButton
          label={t('runs.loop.next', { name: row.name })}
          keys="."
          className="size-6!"
          disabled={at >= count - 1 || isUnknown}
          onClick={() => stepTo(1)}
        >
          <ChevronRight size={14} />
        </IconButton>
        <span className="hidden flex-wrap gap-x-3 sm:flex">
          {(Object.entries(data.counts) as [IterationStatus, number][]).map(([status, number]) => (
            <span key={status} className="whitespace-nowrap">
              <span aria-hidden className={`mr-1 inline-block size-2 rounded-[2px] ${looks[status]}`} />
              {formatNumber(number)} {t(`runs.loop.status.${status}`)}
            </span>
          ))}
        </span>
        <label className="ml-auto flex items-center gap-1.5 whitespace-nowrap">
          <input type="checkbox" checked={problems} onChange={(event) => setProblems(event.target.checked)} />
          {t('runs.loop.onlyTroubled')}
        </label>
      </div>
      <div aria-hidden className="flex h-4 gap-px">
        {data.parts.map(({ from, to, status }) => (
          <button
            key={from}
            type="button"
            tabIndex={-1}
            title={`${from === to ? t('runs.loop.one', { index: from + 1 }) : t('runs.loop.range', { from: from + 1, to: to + 1 })}: ${t(`runs.loop.status.${status}`)}`}
            onClick={() => go(from)}
            className={`min-w-0 flex-1 cursor-pointer rounded-[1px] ${looks[status]} ${chosen !== undefined && chosen >= from && chosen <= to ? 'outline-2 outline-offset-1 outline-accent outline-solid' : 'hover:opacity-60'}`}
          />
        ))}
      </div>
    </div>
  );
}
