import { Histogram, register } from 'prom-client';

const name = 'wfaib_schedule_delay_seconds';

/** Notes how long after its time a scheduled run was started, in milliseconds. */
export function noteStart(delayMs: number): void {
  delay().observe(Math.max(0, delayMs) / 1000);
}

// The register belongs to the process, and specs start several servers in one.
function delay(): Histogram {
  const known = register.getSingleMetric(name) as Histogram | undefined;
  return (
    known ??
    new Histogram({
      name,
      help: 'Time from the moment a scheduled run was due to its start in seconds',
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600],
    })
  );
}
