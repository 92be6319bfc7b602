// `npm run test:crash`: kills, freezes and robs every process of an installation under load, and prints what came of it.
// `npm run test:crash -- two-servers` runs one file, `-- -t Temporal` the faults of this name. CRASH_SEED changes
// the order of events and the moment of each fault.
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

const report = join(root, 'test/output/crash.jsonl');
rmSync(report, { force: true });
const env = { ...process.env, WFAIB_TEMPORAL_BIN: (await findTemporal()) ?? 'none' };
const args = ['--no-install', 'vitest', 'run', '--project', 'crash', ...process.argv.slice(2)];
const child = spawn('npx', args, { cwd: root, stdio: 'inherit', env });
const code = await new Promise((resolve) => child.on('close', (status) => resolve(status ?? 1)));
printTable();
process.exit(code);

function printTable() {
  if (!existsSync(report)) return;
  const rows = readFileSync(report, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const head = [
    'fault',
    'runs',
    'lost',
    'repeated',
    'doubled',
    'ghosts',
    'fenced',
    'takeovers',
    'back s',
    'all ended s',
  ];
  const cells = rows.map((row) => [
    row.fault,
    row.runs,
    row.lost.length,
    row.repeated,
    row.doubled.length,
    row.ghosts.length,
    row.fenced,
    row.takeovers,
    row.backAfter.toFixed(1),
    row.endedAfter.toFixed(1),
  ]);
  const widths = head.map((name, column) => Math.max(name.length, ...cells.map((row) => `${row[column]}`.length)));
  const line = (row) =>
    row
      .map((cell, column) => (column === 0 ? `${cell}`.padEnd(widths[0]) : `${cell}`.padStart(widths[column])))
      .join('  ');
  say(`\n${line(head)}\n${widths.map((width) => '-'.repeat(width)).join('  ')}`);
  for (const row of cells) say(line(row));
  say('repeated: the same effect again under the same idempotency key. doubled: under another key.');
  say(`seed ${rows[0].seed}`);
}
