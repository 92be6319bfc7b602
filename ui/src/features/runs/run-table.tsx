import { Link, useNavigate } from '@tanstack/react-router';
import { FlaskConical } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { RunSummary } from '../../api/types.js';
import { StatusLabel } from '../../shared/components/status.js';
import { durationBetween, formatDay, formatDuration, formatInstantFully } from '../../shared/format/time.js';
import { isTyping } from '../../shared/hooks/is-typing.js';
import { useNow } from '../../shared/hooks/use-now.js';
import { isOpen } from '../../shared/runs/api/use-run.js';

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
  const all = runs.length > 0 && runs.every(({ id }) => chosen.has(id));
  return (
    <div className="overflow-x-auto rounded-card border border-line bg-surface">
      <table className="w-full text-left">
        <thead className="border-b border-line text-12 text-muted">
          <tr>
            <th className="w-9 py-2 pl-4">
              <input
                type="checkbox"
                aria-label="Choose all runs that are shown"
                checked={all}
                onChange={() => onChoose(new Set(all ? [] : runs.map(({ id }) => id)))}
              />
            </th>
            <th className="w-28 px-3 py-2 font-medium">State</th>
            <th className="px-3 py-2 font-medium">Workflow</th>
            <th className="hidden w-20 px-3 py-2 font-medium md:table-cell">Version</th>
            <th className="w-24 px-3 py-2 font-medium sm:w-40">Started</th>
            <th className="hidden w-28 px-3 py-2 font-medium sm:table-cell">Took</th>
            <th className="hidden w-28 px-3 py-2 font-medium lg:table-cell">Run</th>
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
                <input
                  type="checkbox"
                  className="relative z-10"
                  aria-label={`Choose the run ${run.id.slice(-8)}`}
                  checked={chosen.has(run.id)}
                  onChange={() => toggle(run.id)}
                />
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
                  {run.workflowName ?? names?.get(run.workflowId ?? '') ?? 'Deleted workflow'}
                </Link>
                {run.error && <span className="block truncate text-12 text-muted">{run.error.message}</span>}
              </td>
              <td className="hidden px-3 py-2 text-muted md:table-cell">
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
              <td className="px-3 py-2 text-muted" title={formatInstantFully(run.startedAt ?? run.createdAt)}>
                {formatDay(run.startedAt ?? run.createdAt)}
              </td>
              <td className="hidden px-3 py-2 text-muted sm:table-cell">
                {took(run, now)}
                {(run.takeovers ?? 0) > 0 && (
                  <span className="ml-1.5 text-accent" title="A process stopped while it ran; it went on by itself.">
                    ◆<span className="sr-only"> survived a restart</span>
                  </span>
                )}
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

function took(run: RunSummary, now: number): string {
  const ms = durationBetween(run.startedAt, run.endedAt, now);
  return ms === undefined ? '–' : formatDuration(ms);
}
