// `npm run faults`: kills, freezes, cuts off and robs every process of an installation under load, on loopback, and prints
// what came of it. `npm run faults -- --seeds 20` does it with the seeds 1 to 20; FAULTS_SEED=7 with the seed 7 alone.
// `npm run faults -- two-servers` runs one file, `-- -t Temporal` the faults of this name. A seed decides the order of
// the events and the moment of each fault; what no seed changes is tried with the first one only.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuild } from './launcher/build.mjs';
import { ensureDependencies } from './launcher/dependencies.mjs';
import { ensureNode } from './launcher/node-runtime.mjs';
import { root } from './launcher/paths.mjs';
import { say } from './launcher/say.mjs';
import { findTemporal } from './launcher/temporal.mjs';

await ensureNode(fileURLToPath(import.meta.url), process.argv.slice(2));
await ensureDependencies();
await ensureBuild();

const report = join(root, 'test/output/faults.jsonl');
rmSync(report, { force: true });
/** Files in which nothing depends on the seed. */
const seedless = ['drain', 'fairness', 'hostile-clients', 'poison', 'schedule', 'waits'];
const { seeds, rest } = readArguments(process.argv.slice(2));
const temporal = (await findTemporal()) ?? 'none';
const failed = [];
for (const seed of seeds) {
  if (seeds.length > 1) say(`\nSeed ${seed}`);
  if ((await tryAll(seed)) !== 0) failed.push(seed);
}
printTable();
if (failed.length > 0) say(`Something failed with the seeds ${failed.join(', ')}: see above.`);
process.exit(failed.length > 0 ? 1 : 0);

function readArguments(args) {
  const at = args.indexOf('--seeds');
  if (at < 0) return { seeds: [Number(process.env.FAULTS_SEED ?? 1)], rest: args };
  const count = Number(args[at + 1]);
  if (!Number.isInteger(count) || count < 1) {
    say('--seeds takes a number from 1, as in `npm run faults -- --seeds 20`.');
    process.exit(2);
  }
  return { seeds: Array.from({ length: count }, (_, index) => index + 1), rest: args.toSpliced(at, 2) };
}

function tryAll(seed) {
  const left = seed === seeds[0] ? [] : seedless.flatMap((name) => ['--exclude', `test/faults/${name}.faults.ts`]);
  const args = ['--no-install', 'vitest', 'run', '--project', 'faults', ...left, '--passWithNoTests', ...rest];
  const env = { ...process.env, WFAIB_TEMPORAL_BIN: temporal, FAULTS_SEED: `${seed}` };
  const child = spawn('npx', args, { cwd: root, stdio: 'inherit', env });
  return new Promise((resolve) => child.on('close', (status) => resolve(status ?? 1)));
}

function printTable() {
  if (!existsSync(report)) return;
  const rows = readFileSync(report, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const head = ['fault', 'tries', 'runs', 'lost', 'doubled', 'ghosts', 'left open', 'repeated', 'fenced', 'takeovers'];
  head.push('recovery s', 'all ended s');
  const cells = [...Map.groupBy(rows, ({ fault }) => fault)].map(([fault, tries]) => {
    const sum = (count) => tries.reduce((total, row) => total + count(row), 0);
    const most = (value) => Math.max(...tries.map(value)).toFixed(1);
    return [
      fault,
      tries.length,
      sum(({ runs }) => runs),
      sum(({ lost }) => lost.length),
      sum(({ doubled }) => doubled.length),
      sum(({ ghosts }) => ghosts.length),
      sum(({ leftOpen }) => leftOpen.length),
      sum(({ repeated }) => repeated),
      sum(({ fenced }) => fenced),
      sum(({ takeovers }) => takeovers),
      most(({ recoveredAfter }) => recoveredAfter),
      most(({ endedAfter }) => endedAfter),
    ];
  });
  const widths = head.map((name, column) => Math.max(name.length, ...cells.map((row) => `${row[column]}`.length)));
  const line = (row) =>
    row
      .map((cell, column) => (column === 0 ? `${cell}`.padEnd(widths[0]) : `${cell}`.padStart(widths[column])))
      .join('  ');
  say(`\n${line(head)}\n${widths.map((width) => '-'.repeat(width)).join('  ')}`);
  for (const row of cells) say(line(row));
  say('doubled: an effect under two keys. repeated: the same effect again under the same idempotency key.');
  say('left open: a Temporal workflow outlives its run. recovery: from the end of the fault to the first new answer.');
  say(`seeds ${seeds.join(', ')}`);
}
