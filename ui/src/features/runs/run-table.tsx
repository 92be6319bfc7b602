import { Link } from '@tanstack/react-router';
import { FlaskConical } from 'lucide-react';
import type { RunSummary } from '../../api/types.js';
import { StatusLabel } from '../../shared/components/status.js';
import { durationBetween, formatDay, formatDuration, formatInstantFully } from '../../shared/format/time.js';
import { useNow } from '../../shared/hooks/use-now.js';
import { isOpen } from '../../shared/runs/api/use-run.js';

export function RunTable({ runs, names }: { runs: RunSummary[]; names: ReadonlyMap<string, string> | undefined }) {
  const now = useNow(runs.some((run) => isOpen(run.status)));
  return (
    <div className="overflow-x-auto rounded-card border border-line bg-surface">
      <table className="w-full text-left">
        <thead className="border-b border-line text-12 text-muted">
          <tr>
            <th className="w-36 px-4 py-2 font-medium">State</th>
            <th className="px-4 py-2 font-medium">Workflow</th>
            <th className="w-24 px-4 py-2 font-medium">Version</th>
            <th className="w-40 px-4 py-2 font-medium">Started</th>
            <th className="w-28 px-4 py-2 font-medium">Took</th>
            <th className="w-28 px-4 py-2 font-medium">Run</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id} className="relative border-b border-line last:border-0 hover:bg-hover">
              <td className="px-4 py-2">
                <StatusLabel status={run.status} />
              </td>
              <td className="max-w-0 px-4 py-2">
                <Link
                  to="/runs/$runId"
                  params={{ runId: run.id }}
                  search={{}}
                  className="block truncate font-medium before:absolute before:inset-0 hover:text-accent"
                >
                  {run.workflowName ?? names?.get(run.workflowId ?? '') ?? 'Deleted workflow'}
                </Link>
                {run.error && <span className="block truncate text-12 text-muted">{run.error.message}</span>}
              </td>
              <td className="px-4 py-2 text-muted">
                {run.mode === 'test' ? (
                  <span className="inline-flex items-center gap-1 text-12">
                    <FlaskConical size={13} aria-hidden /> test
                  </span>
                ) : run.version === null ? (
                  '–'
                ) : (
                  `v${run.version}`
                )}
              </td>
              <td className="px-4 py-2 text-muted" title={formatInstantFully(run.startedAt ?? run.createdAt)}>
                {formatDay(run.startedAt ?? run.createdAt)}
              </td>
              <td className="px-4 py-2 text-muted">{took(run, now)}</td>
              <td className="px-4 py-2 font-mono text-12 text-faint" title={run.id}>
                {run.id.slice(-8)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function took(run: RunSummary, now: number): string {
  const ms = durationBetween(run.startedAt ?? run.createdAt, run.endedAt, now);
  return ms === undefined ? '–' : formatDuration(ms);
}
