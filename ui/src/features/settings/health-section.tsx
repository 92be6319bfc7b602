import { Check, TriangleAlert } from 'lucide-react';
import type { Health } from '../../api/types.js';
import { LoadError } from '../../shared/components/page.js';
import { useHealth } from './api/use-health.js';

/** How this installation is, part by part. */
export function HealthSection() {
  const health = useHealth();
  return (
    <section aria-labelledby="health">
      <h2 id="health" className="text-14 font-semibold">
        Health
      </h2>
      <p className="mb-3 text-13 text-muted">
        {health.data
          ? `WFAIB ${health.data.version}. ${health.data.engine === 'temporal' ? 'Runs are handed out by Temporal.' : 'Runs are handed out by the queue; Temporal is not in use.'}`
          : 'Asking the server…'}
      </p>
      {health.isError && <LoadError error={health.error} />}
      {health.data && (
        <ul className="rounded-card border border-line bg-surface">
          {Object.entries(health.data.checks ?? {}).map(([name, check]) => (
            <HealthRow key={name} name={name} check={check} />
          ))}
        </ul>
      )}
    </section>
  );
}

function HealthRow({ name, check }: { name: string; check: Health['checks'][string] }) {
  const ok = check.ok && check.degraded !== true;
  const text = check.detail ?? (ok ? 'fine' : 'not fine');
  return (
    <li className="flex items-center gap-3 border-b border-line px-4 py-2.5 last:border-0">
      {ok ? (
        <Check size={15} aria-label="Fine" className="text-ok" />
      ) : (
        <TriangleAlert size={15} aria-label="Not fine" className="text-waiting" />
      )}
      <span className="w-40 font-medium first-letter:uppercase">{name.replace(/([A-Z])/g, ' $1').toLowerCase()}</span>
      <span className="min-w-0 flex-1 text-muted">{text}</span>
    </li>
  );
}
