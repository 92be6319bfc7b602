// `npm run bench`: measures WFAIB as its users run it and prints tables. `npm run bench -- webhook` runs one file,
// BENCH_SECONDS sets the length of a measurement. Nothing here passes or fails: docs/performance.md explains the figures.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

const lines = join(root, 'test/output/bench.jsonl');
rmSync(lines, { force: true });
const env = { ...process.env, WFAIB_TEMPORAL_BIN: (await findTemporal()) ?? 'none' };
const args = ['--no-install', 'vitest', 'run', '--project', 'bench', ...process.argv.slice(2)];
const child = spawn('npx', args, { cwd: root, stdio: 'inherit', env });
const code = await new Promise((resolve) => child.on('close', (status) => resolve(status ?? 1)));
if (existsSync(lines)) printTables(readTables());
process.exit(code);

/** Table -> its rows, in the order they were measured. */
function readTables() {
  const tables = {};
  for (const line of readFileSync(lines, 'utf8').trim().split('\n')) {
    const { table, cells } = JSON.parse(line);
    (tables[table] ??= []).push(cells);
  }
  return tables;
}

function printTables(tables) {
  const file = join(root, 'test/output/bench.json');
  writeFileSync(file, `${JSON.stringify({ measuredAt: new Date().toISOString(), tables }, undefined, 2)}\n`);
  for (const [name, rows] of Object.entries(tables)) {
    const head = [...new Set(rows.flatMap(Object.keys))];
    const cells = rows.map((row) => head.map((column) => shown(row[column])));
    const widths = head.map((column, index) => Math.max(column.length, ...cells.map((row) => row[index].length)));
    const line = (row) => `| ${row.map((cell, index) => cell.padEnd(widths[index])).join(' | ')} |`;
    say(`\n${name}\n`);
    for (const row of [head, widths.map((width) => '-'.repeat(width)), ...cells]) say(line(row));
  }
  say(`\nTimes in ms, memory in MB, load: of the machine, averaged over a minute. The same as JSON: ${file}`);
}

function shown(value) {
  if (typeof value !== 'number') return value ?? '';
  if (Number.isInteger(value) || Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
