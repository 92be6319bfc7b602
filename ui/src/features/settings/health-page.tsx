import { Check, TriangleAlert, X } from 'lucide-react';
import { Loading, LoadError, Page } from '../../shared/components/page.js';
import { formatBytes, formatNumber } from '../../shared/format/count.js';
import { DeadJobsSection } from './dead-jobs-section.js';
import { useSystem } from './api/use-system.js';
import type { PartState, SystemReport } from './api/use-system.js';

const titles: Record<string, string> = {
  database: 'Database',
  engine: 'Engine',
  queue: 'Queue',
  disk: 'Disk',
  backup: 'Last back-up',
  encryptionKey: 'Encryption key',
  publicUrl: 'Public address',
  clock: 'Clock',
  mail: 'Mail',
};

/** How this installation is, part by part, and what to do about what is not well. */
export function HealthPage() {
  const system = useSystem();
  return (
    <Page title="Health" isForReading>
      <div className="mx-auto flex max-w-4xl flex-col gap-8">
        {system.isPending && <Loading label="Asking the server" />}
        {system.isError && <LoadError error={system.error} onRetry={() => void system.refetch()} />}
        {system.data && <Report report={system.data} />}
      </div>
    </Page>
  );
}

function Report({ report }: { report: SystemReport }) {
  const bad = report.parts.filter(({ state }) => state !== 'ok');
  return (
    <>
      <p role="status" className="text-13 text-muted">
        WFAIB {report.version}. {bad.length === 0 ? 'All is well.' : `To look at: ${bad.map(titleOf).join(', ')}.`}
      </p>
      <ul aria-label="Parts" className="rounded-card border border-line bg-surface">
        {report.parts.map((part) => (
          <li key={part.id} className="flex items-start gap-3 border-b border-line px-4 py-2.5 last:border-0">
            <StateMark state={part.state} />
            <span className="w-36 shrink-0 font-medium">{titleOf(part)}</span>
            <span className="min-w-0 flex-1">
              <span className="text-muted">{part.detail}</span>
              {part.fix && <span className="mt-0.5 block">{part.fix}</span>}
            </span>
          </li>
        ))}
      </ul>
      <DeadJobsSection />
      <Runs runs={report.runs} />
      <Processes processes={report.processes} />
    </>
  );
}

function titleOf({ id }: { id: string }): string {
  const words = id.replace(/([A-Z])/g, ' $1').toLowerCase();
  return titles[id] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

function StateMark({ state }: { state: PartState }) {
  if (state === 'ok') return <Check size={15} aria-label="Fine" className="mt-0.5 shrink-0 text-ok" />;
  if (state === 'warn')
    return <TriangleAlert size={15} aria-label="Look at this" className="mt-0.5 shrink-0 text-waiting" />;
  return <X size={15} aria-label="Not fine" className="mt-0.5 shrink-0 text-failed" />;
}

function Runs({ runs }: Pick<SystemReport, 'runs'>) {
  const shown = [
    ['Pending', runs.pending],
    ['Running', runs.running],
    ['Waiting', runs.waiting],
    ['Paused', runs.paused],
  ] as const;
  return (
    <section aria-labelledby="open-runs">
      <h2 id="open-runs" className="mb-2 text-14 font-semibold">
        Open runs
      </h2>
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {shown.map(([label, count]) => (
          <div key={label} className="rounded-card border border-line bg-surface px-4 py-3">
            <dt className="text-12 text-muted">{label}</dt>
            <dd className="text-20 font-semibold">{formatNumber(count)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Processes({ processes }: Pick<SystemReport, 'processes'>) {
  return (
    <section aria-labelledby="processes">
      <h2 id="processes" className="mb-2 text-14 font-semibold">
        Processes on this machine
      </h2>
      <div className="overflow-x-auto rounded-card border border-line bg-surface">
        <table className="w-full text-left text-13">
          <thead className="text-12 text-muted">
            <tr>
              <th className="px-4 py-2 font-medium">What it does</th>
              <th className="px-4 py-2 font-medium">Process</th>
              <th className="px-4 py-2 font-medium">Started by</th>
              <th className="px-4 py-2 text-right font-medium">Memory</th>
            </tr>
          </thead>
          <tbody>
            {processes.map(({ role, pid, parentPid, residentBytes }) => (
              <tr key={pid} className="border-t border-line">
                <td className="px-4 py-1.5 font-medium">{role}</td>
                <td className="px-4 py-1.5 font-mono text-12 text-muted">{pid}</td>
                <td className="px-4 py-1.5 font-mono text-12 text-muted">{parentPid ?? ''}</td>
                <td className="px-4 py-1.5 text-right text-muted">
                  {residentBytes === undefined ? '' : formatBytes(residentBytes)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
