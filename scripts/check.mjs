// `npm run check`: format, lint, types, rooms, generated pages. Each says in one line whether it holds.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './launcher/dependencies.mjs';
import { ensureNode } from './launcher/node-runtime.mjs';
import { root } from './launcher/paths.mjs';
import { say, seconds } from './launcher/say.mjs';

await ensureNode(fileURLToPath(import.meta.url), process.argv.slice(2));
await ensureDependencies();

const npx = (...args) => ['npx', ['--no-install', ...args]];
/** Those of a stage run beside each other, one a processor; a stage begins when the one before has ended. */
const stages = [
  [
    // The others read what it builds.
    ['types of what ships', npx('tsc', '-b')],
    ['format', npx('prettier', '--check', '--log-level', 'warn', '.')],
  ],
  [
    ...['server', 'ui', 'test', 'sdk', 'plugins/http', 'plugins/rss', 'plugins/postgres'].map((path) => [
      `types of ${path} and its tests`,
      npx('tsc', '--noEmit', '-p', `${path}/tsconfig.json`),
    ]),
    ['lint', npx('oxlint', '--type-aware', '--quiet')],
    [
      'rooms and doors',
      npx('depcruise', '--config', '.dependency-cruiser.mjs', 'server/src', 'sdk/src', 'plugins', 'ui/src'),
    ],
    ['generated pages', [process.execPath, ['scripts/docs.mjs', '--check']]],
  ],
];

// A compiler takes up to a gigabyte of memory.
const beside = Math.min(4, availableParallelism());
let failed = 0;
for (const stage of stages) {
  const waiting = [...stage];
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) await run(check);
  };
  await Promise.all(Array.from({ length: beside }, work));
}
say(failed === 0 ? 'All checks hold.' : `${failed} of ${stages.flat().length} checks failed.`);
process.exit(failed === 0 ? 0 : 1);

async function run([name, [command, args]]) {
  const from = performance.now();
  const child = spawn(command, args, { cwd: root });
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  say(`${code === 0 ? '✓' : '✕'} ${name} (${seconds(performance.now() - from)})`);
  if (code === 0) return;
  failed++;
  say(`${output}${errors}`.trim());
}
