// `npm run check`: format, lint, types, rooms, generated pages. Each says in one line whether it holds.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './launcher/dependencies.mjs';
import { ensureNode } from './launcher/node-runtime.mjs';
import { root } from './launcher/paths.mjs';
import { say, seconds } from './launcher/say.mjs';

await ensureNode(fileURLToPath(import.meta.url), process.argv.slice(2));
await ensureDependencies();

const npx = (...args) => ['npx', ['--no-install', ...args]];
const checks = [
  ['format', npx('prettier', '--check', '--log-level', 'warn', '.')],
  ['lint', npx('oxlint', '--type-aware', '--quiet')],
  ['types of what ships', npx('tsc', '-b')],
  ...['sdk', 'server', 'plugins/http', 'plugins/rss', 'plugins/postgres', 'ui', 'test'].map((path) => [
    `types of ${path} and its tests`,
    npx('tsc', '--noEmit', '-p', `${path}/tsconfig.json`),
  ]),
  [
    'rooms and doors',
    npx('depcruise', '--config', '.dependency-cruiser.mjs', 'server/src', 'sdk/src', 'plugins', 'ui/src'),
  ],
  ['generated pages', [process.execPath, ['scripts/docs.mjs', '--check']]],
];

let failed = 0;
for (const [name, [command, args]] of checks) {
  const from = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  say(`${status === 0 ? '✓' : '✕'} ${name} (${seconds(performance.now() - from)})`);
  if (status !== 0) {
    failed++;
    say(`${stdout}${stderr}`.trim());
  }
}
say(failed === 0 ? 'All checks hold.' : `${failed} of ${checks.length} checks failed.`);
process.exit(failed === 0 ? 0 : 1);
