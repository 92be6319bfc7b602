import type { ReactNode } from 'react';
import type { Run } from '../../api/types.js';
import { Empty } from '../../shared/components/page.js';
import { formatInstant } from '../../shared/format/time.js';
import { useRunState } from '../../shared/runs/run-store.js';

const engines: Record<string, string> = {
  temporal: 'Temporal',
  process: 'the server process, with the full journal',
  queue: 'the queue',
};

/** Who ran it, who took over, what was tried how often, and the keys that keep effects from happening twice. */
export function DurabilityCard({ run }: { run: Run }) {
  const takeovers = useRunState((state) => state.progress.takeovers);
  const keyed = run.steps.filter((step) => step.idempotencyKey || step.attempt > 1);
  return (
    <div className="thin-scroll min-h-0 flex-1 overflow-auto p-6">
      <div className="mx-auto flex max-w-4xl flex-col gap-6">
        <dl className="grid grid-cols-2 gap-x-8 gap-y-4 rounded-card border border-line bg-surface p-5 sm:grid-cols-4">
          <Fact label="Runs on">{engines[run.engine ?? ''] ?? run.engine ?? '–'}</Fact>
          <Fact label="Durability">{run.durability ?? '–'}</Fact>
          <Fact label="Takeovers">{run.takeovers ?? takeovers.length}</Fact>
          <Fact label="Undoing">{run.compensation ?? 'not needed'}</Fact>
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
            <Empty title="Nothing was tried twice">Every step of this run was done at the first try.</Empty>
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
                      <td className="px-4 py-2">{step.name}</td>
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
