import { Check, TriangleAlert, X } from 'lucide-react';
import { Loading, LoadError, Page } from '../../shared/components/page.js';
import { formatBytes, formatNumber } from '../../shared/format/count.js';
import { DeadJobsSection } from './dead-jobs-section.js';
import { useSystem } from './api/use-system.js';
import type { PartState, SystemReport } from './api/use-system.js';
import { t } from '../../shared/i18n/i18n.js';
import { told } from '../../shared/i18n/told.js';
import { partName } from '../../shared/system/part-name.js';

/** How this installation is, part by part, and what to do about what is not well. */
export function HealthPage() {
  const system = useSystem();
  return (
    <Page title={t('health.title')} isForReading>
      <div className="mx-auto flex max-w-4xl flex-col gap-8">
        {system.isPending && <Loading label={t('health.asking')} />}
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
        {bad.length === 0
          ? t('health.well', { version: report.version })
          : t('health.lookAt', { version: report.version, parts: bad.map(({ id }) => partName(id)).join(', ') })}
      </p>
      <ul aria-label={t('health.parts')} className="rounded-card border border-line bg-surface">
        {report.parts.map((part) => (
          <li
            key={part.id}
            className="flex flex-wrap items-start gap-x-3 gap-y-1 border-b border-line px-4 py-2.5 last:border-0 sm:flex-nowrap"
          >
            <StateMark state={part.state} />
            <span className="flex-1 font-medium sm:w-36 sm:flex-none">{partName(part.id)}</span>
            <span className="w-full pl-7 break-words sm:w-auto sm:min-w-0 sm:flex-1 sm:pl-0">
              <span className="text-muted">{told(part.said.detail, part.detail)}</span>
              {part.fix && <span className="mt-0.5 block">{told(part.said.fix, part.fix)}</span>}
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

function StateMark({ state }: { state: PartState }) {
  if (state === 'ok') return <Check size={15} aria-label={t('health.ok')} className="mt-0.5 shrink-0 text-ok" />;
  if (state === 'warn')
    return <TriangleAlert size={15} aria-label={t('health.warn')} className="mt-0.5 shrink-0 text-waiting" />;
  return <X size={15} aria-label={t('health.failed')} className="mt-0.5 shrink-0 text-failed" />;
}

function Runs({ runs }: Pick<SystemReport, 'runs'>) {
  const shown = [
    [t('status.pending'), runs.pending],
    [t('status.running'), runs.running],
    [t('status.waiting'), runs.waiting],
    [t('status.paused'), runs.paused],
  ] as const;
  return (
    <section aria-labelledby="open-runs">
      <h2 id="open-runs" className="mb-2 text-14 font-semibold">
        {t('health.openRuns')}
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
        {t('health.processes')}
      </h2>
      <div className="relative overflow-x-auto rounded-card border border-line bg-surface">
        <table className="w-full text-left text-13">
          <thead className="text-12 text-muted">
            <tr>
              <th className="px-4 py-2 font-medium">{t('health.role')}</th>
              <th className="px-4 py-2 font-medium">{t('health.process')}</th>
              <th className="px-4 py-2 font-medium">{t('health.startedBy')}</th>
              <th className="px-4 py-2 text-right font-medium">{t('health.memory')}</th>
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
