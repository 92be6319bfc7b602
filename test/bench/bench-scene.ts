import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { benchBody } from '../../server/src/cli/bench/bench-workflows.js';
import type { BenchWorkflow } from '../../server/src/cli/bench/bench-workflows.js';
import { closedLoop } from '../../server/src/cli/bench/http-load.js';
import type { LoadResult, LoadTarget } from '../../server/src/cli/bench/http-load.js';
import { startInstallation } from '../support/installation.js';
import type { Installation, InstallationOptions } from '../support/installation.js';
import { memoryOf, totalOf, type Memory } from './memory-of.js';
import { rssMbOf, usageOf } from './process-usage.js';
import type { Usage } from './process-usage.js';

/** Length of a measurement and of its warm-up, in milliseconds; BENCH_SECONDS shortens or stretches the former. */
const measureMs = Number(process.env['BENCH_SECONDS'] ?? 5) * 1_000;
const warmUpMs = 2_000;
const reportFile = fileURLToPath(new URL('../output/bench.jsonl', import.meta.url));

/** CPU and memory by who used it. */
export interface Shares {
  all: Usage;
  postgres: Usage;
  temporal: Usage;
}

/** An installation as its users run it: built, default settings, fsync on. */
export class BenchScene {
  private constructor(
    readonly wfaib: Installation,
    private readonly options: InstallationOptions,
  ) {}

  static async open(options: InstallationOptions = {}): Promise<BenchScene> {
    return new BenchScene(await startInstallation(options), options);
  }

  close(): Promise<void> {
    return this.wfaib.stop();
  }

  /** The same installation, stopped and started again. */
  async restart(): Promise<BenchScene> {
    await this.wfaib.stop({ keepData: true });
    const again = await BenchScene.open({ ...this.options, dataDir: this.wfaib.dataDir });
    // What the launcher says of a start comes a moment after the server is ready.
    for (let look = 0; look < 100 && startLine(again) === ''; look++) await sleep(50);
    return again;
  }

  /** Saves and publishes a workflow; answers what to call. */
  async publish({ path, document }: BenchWorkflow): Promise<LoadTarget & { workflowId: string }> {
    const made = await this.wfaib.call<{ id: string; problems: unknown[] }>('POST', '/api/workflows', document);
    const live = await this.wfaib.call('POST', `/api/workflows/${made.body.id}/publish`, {});
    if (live.status !== 200)
      throw new Error(`${path} cannot be published: ${JSON.stringify([made.body.problems, live.body])}`);
    return { url: `${this.wfaib.url}/hooks/${path}`, body: benchBody, workflowId: made.body.id };
  }

  usage(): Shares {
    const [postgres, temporal] = [this.wfaib.pids('postgres'), this.wfaib.pids('temporal')];
    return {
      all: usageOf([this.wfaib.launcherPid(), this.wfaib.serverPid(), ...postgres, ...temporal]),
      postgres: usageOf(postgres),
      temporal: usageOf(temporal),
    };
  }

  /** Memory of this moment, by who has it, in MB. */
  memory(): Memory & { all: number } {
    const memory = { ...memoryOf(this.wfaib), launcher: rssMbOf(this.wfaib.launcherPid()) };
    return { all: totalOf(memory), ...memory };
  }

  /** Calls it from `connections` callers, after a warm-up; CPU is of the measured time alone. */
  async measure(target: LoadTarget, connections: number, ms = measureMs): Promise<LoadResult & { cpu: CpuPerRun }> {
    await closedLoop(target, connections, warmUpMs);
    const before = this.usage();
    const result = await closedLoop(target, connections, ms);
    return { ...result, cpu: cpuPerRun(before, this.usage(), result.ok) };
  }
}

/** Milliseconds of CPU a run, over all processes, and the shares of two of them. */
export interface CpuPerRun {
  all: number;
  postgres: number;
  temporal: number;
}

function cpuPerRun(before: Shares, after: Shares, runs: number): CpuPerRun {
  const of = (who: keyof Shares): number => (after[who].cpuMs - before[who].cpuMs) / Math.max(1, runs);
  return { all: of('all'), postgres: of('postgres'), temporal: of('temporal') };
}

/** A line of a table. Numbers are shown with few digits. */
export type Cells = Record<string, string | number>;

/** Writes a line of a table down; `npm run bench` prints the tables at the end. `load` is that of the machine. */
export function report(table: string, cells: Cells): void {
  const load = Number(loadavg()[0]!.toFixed(1));
  mkdirSync(dirname(reportFile), { recursive: true });
  appendFileSync(reportFile, `${JSON.stringify({ table, cells: { ...cells, load } })}\n`);
  console.log(`${table}: ${JSON.stringify(cells)}`);
}

/** Cells of a load. */
export function loadCells({ perSecond, latency, refused, ok }: LoadResult): Cells {
  const failed = Object.values(refused).reduce((sum, count) => sum + count, 0);
  return { 'per s': perSecond, p50: latency.p50, p95: latency.p95, p99: latency.p99, ok, failed };
}

/** The memory of the moment at which all had most, looked at every 100 ms while the work goes on. */
export async function peakWhile<Result>(
  scene: BenchScene,
  work: () => Promise<Result>,
): Promise<{ result: Result; peak: Memory & { all: number } }> {
  let peak = scene.memory();
  const look = () => {
    const now = scene.memory();
    if (now.all > peak.all) peak = now;
  };
  const timer = setInterval(look, 100);
  try {
    const result = await work();
    look();
    return { result, peak };
  } finally {
    clearInterval(timer);
  }
}

/** Waits until the garbage of a start or of much work is given back: a quiet server looks for it every few seconds. */
export const untilAtRest = (): Promise<void> => sleep(15_000);

/** What the launcher said about its start. */
export function startLine(scene: { wfaib: Installation }): string {
  return /.*ready in.*/.exec(scene.wfaib.output())?.[0].trim() ?? '';
}
