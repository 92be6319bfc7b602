import { Link, useNavigate } from '@tanstack/react-router';
import { FlaskConical } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { RunSummary } from '../../api/types.js';
import { StatusLabel } from '../../shared/components/status.js';
import { durationBetween, formatDay, formatDuration, formatInstantFully } from '../../shared/format/time.js';
import { isTyping } from '../../shared/hooks/is-typing.js';
import { useNow } from '../../shared/hooks/use-now.js';
import { t } from '../../shared/i18n/i18n.js';
import { isOpen } from '../../shared/runs/api/use-run.js';
import { DurationBar } from './duration-bar.js';
import { waitingText } from './model/waiting-text.js';
import { toldError } from '../../shared/i18n/server-texts.js';

interface RunTableProps {
  runs: RunSummary[];
  names: ReadonlyMap<string, string> | undefined;
  chosen: ReadonlySet<string>;
  onChoose(chosen: ReadonlySet<string>): void;
}

/** J and K walk the rows, X chooses one, Enter opens it. */
export function RunTable({ runs, names, chosen, onChoose }: RunTableProps) {
  const now = useNow(runs.some((run) => isOpen(run.status)));
  const toggle = (id: string) =>
    onChoose(new Set(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id]));
  const at = useRowKeys(runs, toggle);
  const longestMs = Math.max(0, ...runs.map((run) => durationOf(run, now) ?? 0));
  const waits = runs.some((run) => run.waitingFor !== undefined);
  const all = runs.length > 0 && runs.every(({ id }) => chosen.has(id));
  return (
    <div className="relative overflow-x-auto rounded-card border border-line bg-surface">
      <table className="w-full text-left">
        <thead className="border-b border-line text-12 text-muted">
          <tr>
            <th className="w-9 py-2 pl-4">
              <label className="wf-touch-check">
                <input
                  type="checkbox"
                  aria-label={t('runs.chooseAll')}
                  checked={all}
                  onChange={() => onChoose(new Set(all ? [] : runs.map(({ id }) => id)))}
                />
              </label>
            </th>
            <th className="w-28 px-3 py-2 font-medium">{t('runs.filter.state')}</th>
            <th className="px-3 py-2 font-medium">{t('runs.filter.workflow')}</th>
            {waits && <th className="hidden w-56 px-3 py-2 font-medium xl:table-cell">{t('runs.waitsFor')}</th>}
            <th className="hidden w-20 px-3 py-2 font-medium lg:table-cell">{t('runs.versionTitle')}</th>
            <th className="hidden w-28 px-3 py-2 font-medium xl:table-cell">{t('runs.filter.startedBy')}</th>
            <th className="hidden w-40 px-3 py-2 font-medium sm:table-cell">{t('runs.started')}</th>
            <th className="hidden w-28 px-3 py-2 font-medium sm:table-cell">{t('runs.took')}</th>
            <th className="hidden w-28 px-3 py-2 font-medium lg:table-cell">{t('runs.one')}</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run, index) => (
            <tr
              key={run.id}
              aria-selected={chosen.has(run.id)}
              className={`relative border-b border-line last:border-0 ${index === at ? 'bg-accent-soft' : 'hover:bg-hover'}`}
            >
              <td className="py-2 pl-4">
                <label className="wf-touch-check">
                  <input
                    type="checkbox"
                    className="relative z-10"
                    aria-label={t('runs.chooseOne', { id: run.id.slice(-8) })}
                    checked={chosen.has(run.id)}
                    onChange={() => toggle(run.id)}
                  />
                </label>
              </td>
              <td className="px-3 py-2">
                <StatusLabel status={run.status} />
              </td>
              <td className="max-w-0 px-3 py-2">
                <Link
                  to="/runs/$runId"
                  params={{ runId: run.id }}
                  search={{}}
                  className="block truncate font-medium before:absolute before:inset-0 hover:text-accent"
                >
                  {run.workflowName ?? names?.get(run.workflowId ?? '') ?? t('runs.deletedWorkflow')}
                </Link>
                {run.error && (
                  <span className="line-clamp-2 text-12 break-words text-muted xl:line-clamp-1">
                    {toldError(run.error)}
                  </span>
                )}
                {run.waitingFor && (
                  <span className="block text-12 break-words text-waiting xl:hidden">
                    {waitingText(run.waitingFor, now)}
                  </span>
                )}
                <span className="block text-12 text-muted sm:hidden">{formatDay(run.startedAt ?? run.createdAt)}</span>
              </td>
              {waits && (
                <td className="hidden px-3 py-2 text-12 text-waiting xl:table-cell">
                  {run.waitingFor && waitingText(run.waitingFor, now)}
                </td>
              )}
              <td className="hidden px-3 py-2 text-muted lg:table-cell">
                {run.mode === 'test' ? (
                  <span className="inline-flex items-center gap-1 text-12">
                    <FlaskConical size={13} aria-hidden /> {t('runs.test')}
                  </span>
                ) : run.version === null ? (
                  '–'
                ) : (
                  `v${run.version}`
                )}
              </td>
              <td className="hidden px-3 py-2 text-12 text-muted xl:table-cell">
                {run.startedBy ? t(`runs.startedBy.${run.startedBy}`) : '–'}
              </td>
              <td
                className="hidden px-3 py-2 text-muted sm:table-cell"
                title={formatInstantFully(run.startedAt ?? run.createdAt)}
              >
                {formatDay(run.startedAt ?? run.createdAt)}
              </td>
              <td className="hidden px-3 py-2 text-muted sm:table-cell">
                {took(run, now)}
                {(run.takeovers ?? 0) > 0 && (
                  <span className="ml-1.5 text-accent" title={t('runs.wentOn')}>
                    ◆<span className="sr-only"> {t('runs.survivedShort')}</span>
                  </span>
                )}
                <DurationBar ms={durationOf(run, now)} longestMs={longestMs} />
              </td>
              <td className="hidden px-3 py-2 font-mono text-12 text-muted lg:table-cell" title={run.id}>
                {run.id.slice(-8)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function useRowKeys(runs: readonly RunSummary[], onToggle: (id: string) => void): number {
  const [at, setAt] = useState(-1);
  const navigate = useNavigate();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      const by = { j: 1, k: -1 }[event.key];
      const run = runs[at];
      if (by) setAt(Math.min(runs.length - 1, Math.max(0, at + by)));
      else if (event.key === 'x' && run) onToggle(run.id);
      else if (event.key === 'Enter' && run && document.activeElement === document.body)
        void navigate({ to: '/runs/$runId', params: { runId: run.id }, search: {} });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
  return at;
}

const durationOf = (run: RunSummary, now: number) => durationBetween(run.startedAt, run.endedAt, now);

function took(run: RunSummary, now: number): string {
  const ms = durationOf(run, now);
  return ms === undefined ? '–' : formatDuration(ms);
}
