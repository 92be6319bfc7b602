import type { ReactNode } from 'react';
import type { RunOverview } from '../../api/types.js';
import { Empty } from '../../shared/components/page.js';
import { formatNumber } from '../../shared/format/count.js';
import { formatInstant } from '../../shared/format/time.js';
import { useKeyedVisits } from './api/use-visits.js';
import { iterationText } from './model/selection.js';
import { t } from '../../shared/i18n/i18n.js';
import { serverText } from '../../shared/i18n/server-texts.js';

const engines = ['temporal', 'process', 'queue'] as const;

/** What runs a run, in words. */
const engineOf = (name: string | null | undefined) => {
  const known = engines.find((engine) => engine === name);
  return known ? t(`runs.durability.host.${known}`) : (name ?? '–');
};

/** Who ran it, who took over, what was tried how often, and the keys that keep effects from happening twice. */
export function DurabilityCard({ run }: { run: RunOverview }) {
  const takeovers = run.takeoverList;
  const visits = useKeyedVisits(run.id);
  const keyed = (visits.data?.items ?? []).filter((step) => step.idempotencyKey || step.attempt > 1);
  return (
    <div className="thin-scroll min-h-0 flex-1 overflow-auto p-6 max-md:flex-none max-md:overflow-visible">
      <div className="mx-auto flex max-w-4xl flex-col gap-6">
        <dl className="grid grid-cols-2 gap-x-8 gap-y-4 rounded-card border border-line bg-surface p-5 sm:grid-cols-4">
          <Fact label={t('runs.durability.engine')}>{engineOf(run.engine)}</Fact>
          <Fact label={t('runs.durability.title')}>{run.durability ?? '–'}</Fact>
          <Fact label={t('runs.durability.takeovers')}>{run.takeovers ?? takeovers.length}</Fact>
          <Fact label={t('runs.durability.undoing')}>{run.compensation ?? t('runs.durability.notNeeded')}</Fact>
          <Fact label={t('runs.versionTitle')}>
            {run.version === null ? t('runs.draft') : t('runs.version', { version: run.version })}
          </Fact>
          <Fact label={t('runs.durability.journal')}>{t('runs.durability.events', { count: run.lastSeq })}</Fact>
          <Fact label={t('runs.durability.visits')}>{formatNumber(run.stepCount)}</Fact>
          <Fact label={t('runs.durability.host.temporal')}>
            {run.temporalUrl ? (
              <a
                href={run.temporalUrl}
                target="_blank"
                rel="noreferrer"
                className="wf-touch-link text-accent underline underline-offset-2"
              >
                {t('runs.durability.openPage')}
              </a>
            ) : (
              '–'
            )}
          </Fact>
        </dl>
        {takeovers.length > 0 && (
          <section>
            <h2 className="mb-2 text-14 font-semibold">{t('runs.durability.takeovers')}</h2>
            <ul className="rounded-card border border-line bg-surface">
              {takeovers.map((takeover, index) => (
                <li key={index} className="flex gap-4 border-b border-line px-4 py-2 last:border-0">
                  <span aria-hidden className="text-accent">
                    ◆
                  </span>
                  <span className="w-32 text-muted">{formatInstant(takeover.at)}</span>
                  <span className="w-28">
                    {engines.some((engine) => engine === takeover.host) ? takeover.host : '–'}
                  </span>
                  <span className="min-w-0 flex-1 text-muted">{serverText(takeover.reason)}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
        <section>
          <h2 className="mb-1 text-14 font-semibold">{t('runs.durability.attempts')}</h2>
          <p className="mb-2 text-12 text-muted">{t('runs.durability.keysText')}</p>
          {keyed.length === 0 ? (
            <Empty title={t('runs.durability.noneTwice')}>{t('runs.durability.noneTwiceText')}</Empty>
          ) : (
            <div className="relative overflow-x-auto rounded-card border border-line bg-surface">
              <table className="w-full text-left">
                <thead className="border-b border-line text-12 text-muted">
                  <tr>
                    <th className="px-4 py-2 font-medium">{t('runs.step')}</th>
                    <th className="w-24 px-4 py-2 font-medium">{t('runs.durability.tries')}</th>
                    <th className="px-4 py-2 font-medium">{t('runs.durability.key')}</th>
                  </tr>
                </thead>
                <tbody>
                  {keyed.map((step) => (
                    <tr key={step.id} className="border-b border-line last:border-0">
                      <td className="px-4 py-2">
                        {step.name}
                        {step.iteration.length > 0 && (
                          <span className="text-muted"> #{iterationText(step.iteration)}</span>
                        )}
                      </td>
                      <td className="px-4 py-2">{step.attempt}</td>
                      <td className="px-4 py-2 font-mono text-12 break-all text-muted select-all">
                        {step.idempotencyKey ?? '–'}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </section>
      </div>
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-12 text-muted">{label}</dt>
      <dd className="font-medium">{children}</dd>
    </div>
  );
}
