import { Counter, Gauge, register } from 'prom-client';

// The register belongs to the process, and specs start several servers in one.
function known<Metric>(name: string, make: () => Metric): Metric {
  return (register.getSingleMetric(name) as Metric | undefined) ?? make();
}

const fenced = known(
  'wfaib_fenced_appends_total',
  () =>
    new Counter({
      name: 'wfaib_fenced_appends_total',
      help: 'Appends that were refused because the run has another owner',
    }),
);

const takeovers = known(
  'wfaib_takeovers_total',
  () =>
    new Counter({
      name: 'wfaib_takeovers_total',
      help: 'Runs that this process took over or began again because nobody was at them any more',
      labelNames: ['engine'] as const,
    }),
);

let sweptAt: number | undefined;
known(
  'wfaib_sweep_lag_seconds',
  () =>
    new Gauge({
      name: 'wfaib_sweep_lag_seconds',
      help: 'Time since this process last came through a round of repairs; a round is due every 15 seconds',
      collect() {
        this.set(sweptAt === undefined ? 0 : (performance.now() - sweptAt) / 1000);
      },
    }),
);

/** An append met another owner. */
export function noteFenced(): void {
  fenced.inc();
}

/** Runs were taken over or begun again on an engine. */
export function noteTakeovers(engine: string, count: number): void {
  takeovers.labels(engine).inc(count);
}

/** A round of repairs came to its end. */
export function noteSweep(): void {
  sweptAt = performance.now();
}

/** Makes `/metrics` tell how long the run that waits longest for its engine has been waiting. */
export function watchPending(oldestSeconds: () => Promise<number>): void {
  const name = 'wfaib_oldest_pending_run_seconds';
  register.removeSingleMetric(name);
  const gauge = new Gauge({
    registers: [],
    name,
    help: 'Age of the oldest run that no engine has begun; 0 where there is none',
    async collect() {
      // While the database is away the other metrics are to be had nevertheless.
      this.set(await oldestSeconds().catch(() => NaN));
    },
  });
  register.registerMetric(gauge);
}
