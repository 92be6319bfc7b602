import { Link, useParams } from '@tanstack/react-router';
import type { NodeTotals, RunOverview } from '../../api/types.js';
import { Loading, LoadError, Page } from '../../shared/components/page.js';
import { StatusLabel } from '../../shared/components/status.js';
import { formatNumber } from '../../shared/format/count.js';
import { durationBetween, formatDuration, formatInstant } from '../../shared/format/time.js';
import { useRunOverview } from './api/use-run-overview.js';
import { compareRuns } from './model/compare-runs.js';
import { nodeStatus } from './model/step-status.js';
import { t } from '../../shared/i18n/i18n.js';

/** Two runs side by side, step by step; the first difference is where to look. */
export function ComparePage() {
  const { runId, otherId } = useParams({ from: '/shell/runs/$runId/compare/$otherId' });
  const [one, other] = [useRunOverview(runId), useRunOverview(otherId)];
  if (one.isPending || other.isPending) return <Loading />;
  if (!one.data || !other.data) return <LoadError error={one.error ?? other.error} />;
  const rows = compareRuns(one.data.nodes, other.data.nodes);
  const first = rows.find(({ differs }) => differs);
  return (
    <Page title={t('runs.compare.title')}>
      <p className="mb-3">{first ? t('runs.compare.apart', { name: first.name }) : t('runs.compare.same')}</p>
      <div className="relative overflow-x-auto rounded-card border border-line bg-surface">
        <table className="w-full text-left">
          <thead className="border-b border-line text-12 text-muted">
            <tr>
              <th className="px-4 py-2 font-medium">{t('runs.step')}</th>
              {[one.data, other.data].map((run) => (
                <th key={run.id} className="px-4 py-2 font-medium">
                  <Link
                    to="/runs/$runId"
                    params={{ runId: run.id }}
                    search={{}}
                    className="text-ink underline underline-offset-2"
                  >
                    {run.id.slice(-8)}
                  </Link>{' '}
                  · {run.version === null ? t('runs.draft') : t('runs.version', { version: run.version })} ·{' '}
                  {formatInstant(run.startedAt ?? run.createdAt)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr
                key={row.nodeId}
                className={`border-b border-line last:border-0 ${row.differs ? 'bg-waiting-soft' : ''}`}
              >
                <td className="px-4 py-2 font-medium">
                  {row.name}
                  {row.differs && (
                    <span className="ml-2 text-12 text-waiting">≠ {t(`runs.compare.differs.${row.differs}`)}</span>
                  )}
                </td>
                <Side run={one.data} totals={row.one} />
                <Side run={other.data} totals={row.other} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Page>
  );
}

function Side({ run, totals }: { run: RunOverview; totals: NodeTotals | undefined }) {
  if (!totals) return <td className="px-4 py-2 text-muted">{t('runs.notReached')}</td>;
  const took = durationBetween(totals.startedAt, totals.endedAt);
  return (
    <td className="px-4 py-2">
      <Link to="/runs/$runId" params={{ runId: run.id }} search={{ step: totals.nodeId }} className="hover:underline">
        <StatusLabel status={nodeStatus(totals, run)} />
      </Link>
      <span className="ml-3 text-12 text-muted">
        {t('runs.itemFlow', { in: formatNumber(totals.itemCounts.in), out: formatNumber(totals.itemCounts.out) })}
        {took !== undefined && ` · ${formatDuration(took)}`}
      </span>
    </td>
  );
}
