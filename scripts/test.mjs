// `npm test`: sets up what the tests need and runs every level. `npm test -- fast db` runs only these.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuild } from './launcher/build.mjs';
import { ensureDependencies } from './launcher/dependencies.mjs';
import { ensureNode } from './launcher/node-runtime.mjs';
import { root } from './launcher/paths.mjs';
import { say, seconds } from './launcher/say.mjs';
import { findTemporal } from './launcher/temporal.mjs';

await ensureNode(fileURLToPath(import.meta.url), process.argv.slice(2));
await ensureDependencies();
await ensureBuild();

/** Level -> the Vitest projects it runs, in order of what they need. */
const levels = { fast: ['fast', 'ui'], db: ['db'], e2e: ['e2e'], browser: ['browser'] };
const asked = process.argv.slice(2).filter((name) => name in levels);
const env = { ...process.env, WFAIB_TEMPORAL_BIN: (await findTemporal()) ?? 'none' };
const output = join(root, 'test/output');
mkdirSync(output, { recursive: true });

let passed = 0;
let failed = 0;
for (const level of asked.length > 0 ? asked : Object.keys(levels)) {
  const from = performance.now();
  const file = join(output, `${level}.json`);
  const code = await vitest(levels[level], file);
  const result = readResult(file);
  passed += result.passed;
  // A run that broke off without naming a failed test still is a failure.
  failed += result.failed + (code !== 0 && result.failed === 0 ? 1 : 0);
  say(
    `${code === 0 && result.failed === 0 ? '✓' : '✕'} ${level}: ${result.passed} passed, ${result.failed} failed (${seconds(performance.now() - from)})`,
  );
}
say(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

function vitest(projects, file) {
  const args = [
    '--no-install',
    'vitest',
    'run',
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  for (const project of projects) args.push('--project', project);
  const child = spawn('npx', args, { cwd: root, stdio: 'inherit', env });
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

function readResult(file) {
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(file, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests || numFailedTestSuites };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
