import { Counter, Gauge, register } from 'prom-client';

// The register belongs to the process, and specs start several servers in one.
function known<Metric>(name: string, make: () => Metric): Metric {
  return (register.getSingleMetric(name) as Metric | undefined) ?? make();
}

const removed = known(
  'wfaib_retention_removed_total',
  () =>
    new Counter({
      name: 'wfaib_retention_removed_total',
      help: 'What this process removed because it is not to be kept any longer, or belongs to nobody',
      labelNames: ['what'] as const,
    }),
);

const finishedAt = known(
  'wfaib_retention_finished_timestamp_seconds',
  () =>
    new Gauge({
      name: 'wfaib_retention_finished_timestamp_seconds',
      help: 'When this process last came through a round of retention; one process of all does a round',
    }),
);

/** What a round of retention removed, by kind. */
export type Removed = Record<'runs' | 'partitions' | 'blobs' | 'files', number>;

/** A round came to its end. */
export function noteRetention(what: Removed): void {
  for (const [name, count] of Object.entries(what)) removed.labels(name).inc(count);
  finishedAt.setToCurrentTime();
}
