import type { ReactNode } from 'react';
import type { RunOverview } from '../../api/types.js';
import { Empty } from '../../shared/components/page.js';
import { formatNumber } from '../../shared/format/count.js';
import { formatInstant } from '../../shared/format/time.js';
import { useKeyedVisits } from './api/use-visits.js';
import { iterationText } from './model/selection.js';

const engines: Record<string, string> = {
  temporal: 'Temporal',
  process: 'the server process, with the full journal',
  queue: 'the queue',
};

/** Who ran it, who took over, what was tried how often, and the keys that keep effects from happening twice. */
export function DurabilityCard({ run }: { run: RunOverview }) {
  const takeovers = run.takeoverList;
  const visits = useKeyedVisits(run.id);
  const keyed = (visits.data?.items ?? []).filter((step) => step.idempotencyKey || step.attempt > 1);
  return (
    <div className="thin-scroll min-h-0 flex-1 overflow-auto p-6">
      <div className="mx-auto flex max-w-4xl flex-col gap-6">
        <dl className="grid grid-cols-2 gap-x-8 gap-y-4 rounded-card border border-line bg-surface p-5 sm:grid-cols-4">
          <Fact label="Runs on">{engines[run.engine ?? ''] ?? run.engine ?? '–'}</Fact>
          <Fact label="Durability">{run.durability ?? '–'}</Fact>
          <Fact label="Takeovers">{run.takeovers ?? takeovers.length}</Fact>
          <Fact label="Undoing">{run.compensation ?? 'not needed'}</Fact>
          <Fact label="Version">{run.version === null ? 'draft' : `v${run.version}`}</Fact>
          <Fact label="Journal">{formatNumber(run.lastSeq)} events</Fact>
          <Fact label="Visits">{formatNumber(run.stepCount)}</Fact>
          <Fact label="Temporal">
            {run.temporalUrl ? (
              <a
                href={run.temporalUrl}
                target="_blank"
                rel="noreferrer"
                className="text-accent underline underline-offset-2"
              >
                Open its page
              </a>
            ) : (
              '–'
            )}
          </Fact>
        </dl>
        {takeovers.length > 0 && (
          <section>
            <h2 className="mb-2 text-14 font-semibold">Takeovers</h2>
            <ul className="rounded-card border border-line bg-surface">
              {takeovers.map((takeover, index) => (
                <li key={index} className="flex gap-4 border-b border-line px-4 py-2 last:border-0">
                  <span aria-hidden className="text-accent">
                    ◆
                  </span>
                  <span className="w-32 text-muted">{formatInstant(takeover.at)}</span>
                  <span className="w-28">{engines[takeover.host] ? takeover.host : '–'}</span>
                  <span className="min-w-0 flex-1 text-muted">{takeover.reason}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
        <section>
          <h2 className="mb-1 text-14 font-semibold">Attempts and idempotency keys</h2>
          <p className="mb-2 text-12 text-muted">
            A step that touches the outside sends the same key with every attempt, so a receiver can tell a repeat.
          </p>
          {keyed.length === 0 ? (
            <Empty title="Nothing was tried twice">
              No step of this run touched the outside or needed another attempt.
            </Empty>
          ) : (
            <div className="overflow-x-auto rounded-card border border-line bg-surface">
              <table className="w-full text-left">
                <thead className="border-b border-line text-12 text-muted">
                  <tr>
                    <th className="px-4 py-2 font-medium">Step</th>
                    <th className="w-24 px-4 py-2 font-medium">Attempts</th>
                    <th className="px-4 py-2 font-medium">Key</th>
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
