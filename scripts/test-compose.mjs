// `npm run test:compose`: brings up docker/compose.yaml as it is, in a real Docker engine, and shows what docker/README.md
// promises. `-- --no-build` takes the image that is there; names choose parts: `-- restore scale`.
// Takes everything down again at the end, the volumes included. Not part of `npm test`: it needs Docker and some minutes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { childWalls, hardening, leakedSecrets } from '../test/compose/checks.mjs';
import { Installation, sendEvents } from '../test/compose/installation.mjs';
import { tryScaled } from '../test/compose/scaled.mjs';
import { docker, run, Stack, until } from '../test/compose/stack.mjs';

const image = process.env.WFAIB_IMAGE ?? 'wfaib:0.1.0';
const stack = new Stack({
  project: 'wfaib-test',
  port: 3900,
  // A further file may, for example, put all containers into one cgroup with a limit.
  files: ['compose.yaml', ...(process.env.EXTRA_COMPOSE_FILE ? [process.env.EXTRA_COMPOSE_FILE] : [])],
  env: { WFAIB_IMAGE: image },
});
const wfaib = new Installation(stack.url);
/** Events of each load; more show more on a machine with nothing else to do. */
const events = Number(process.env.EVENTS ?? 300);
const rows = [];
let failed = 0;

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
const mib = (amounts) =>
  Object.entries(amounts)
    .map(([name, amount]) => `${name} ${Math.round(amount)}`)
    .join(', ') + ' MiB';

function report(what, figure, isGood = true) {
  rows.push([what, figure]);
  if (!isGood) failed++;
  console.log(`${isGood ? '✓' : '✕'} ${what}: ${figure}`);
}

const nothingWrong = (what, problems, figure) =>
  report(what, problems.length === 0 ? figure : problems.join('; '), problems.length === 0);

async function build() {
  if (!process.argv.includes('--no-build')) await run('bash', ['build.sh', image], { timeoutMs: 1_800_000 });
  const bytes = Number(await docker('image', 'inspect', '-f', '{{.Size}}', image));
  report('Image', `${(bytes / 1e6).toFixed(0)} MB`, bytes <= 450e6);
}

async function firstStart() {
  const ms = await stack.up();
  report('First start: secrets, databases, schemas, all healthy', seconds(ms));
  const link = await until(
    'docker',
    ['compose', 'logs', '-f', 'wfaib'],
    stack.env,
    (text) => /"link":"([^"]+)"/.exec(text)?.[1],
  );
  await wfaib.setUp(link);
  report('First owner', 'made with the link of `docker compose logs wfaib`');
}

async function publishBoth() {
  await wfaib.publish('auto');
  await wfaib.publish('standard');
}

async function safety() {
  nothingWrong(
    'Containers',
    await hardening(stack),
    'read-only root, no capabilities, no new privileges, not root, limits; published: 127.0.0.1 only',
  );
  nothingWrong('Secrets in layers, in `docker inspect`, in the compose file', await leakedSecrets(stack, image), '0');
}

async function startReceiver() {
  const script = fileURLToPath(new URL('../test/compose/receiver.mjs', import.meta.url));
  await docker(
    'run',
    '-d',
    '--no-healthcheck',
    '--name',
    `${stack.project}-receiver`,
    '--network',
    `${stack.project}_outside`,
    '--network-alias',
    'receiver',
    '-p',
    '127.0.0.1:3910:4010',
    '-v',
    `${script}:/receiver.mjs:ro`,
    '--entrypoint',
    'node',
    image,
    '/receiver.mjs',
  );
}

const ledger = async () => (await fetch('http://127.0.0.1:3910/ledger')).json();

async function idle() {
  await sleep(15_000);
  report('Memory at rest', mib(await stack.memory()));
}

async function load() {
  await sendEvents(wfaib, { path: '/hooks/github-auto', prefix: 'warm', count: 40 });
  const peak = {};
  const done = new AbortController();
  const watching = (async () => {
    while (!done.signal.aborted)
      for (const [name, amount] of Object.entries(await stack.memory())) peak[name] = Math.max(peak[name] ?? 0, amount);
  })();
  for (const durability of ['auto', 'standard']) {
    const from = performance.now();
    const runs = await sendEvents(wfaib, {
      path: `/hooks/github-${durability}`,
      prefix: `load-${durability}`,
      count: events,
      senders: 12,
    });
    report(
      `${events} GitHub events, durability ${durability}`,
      `${(runs.size / ((performance.now() - from) / 1000)).toFixed(0)} a second`,
    );
  }
  done.abort();
  await watching;
  report('Memory under load, highest', mib(peak));
  nothingWrong('Children of the server', await childWalls(stack), 'sandbox and connectors run with all their walls');
}

/** SIGKILL in the middle of a stream of events; everything that was accepted must end well, once. */
async function killed(service, durability) {
  const [id] = await stack.containers(service);
  const count = 80;
  // Slow answers: at any moment some steps are in the middle of their effect.
  await fetch('http://127.0.0.1:3910/delay?ms=300');
  let kill;
  const prefix = `kill-${service}-${durability}`;
  const runs = await sendEvents(wfaib, {
    path: `/hooks/github-${durability}`,
    prefix,
    count,
    watch: (answered) => (kill ??= answered >= count / 3 ? stack.killHard(id) : undefined),
  });
  const backMs = await kill;
  const ends = await Promise.all([...runs.values()].map((run) => wfaib.ended(run)));
  const bad = ends.filter(({ status }) => status !== 'succeeded');
  const keys = new Map();
  for (const { delivery, key } of await ledger())
    if (delivery.startsWith(`${prefix}-`)) keys.set(delivery, [...(keys.get(delivery) ?? []), key]);
  const again = [...keys.values()].filter((used) => used.length > 1);
  const doubled = again.filter((used) => new Set(used).size > 1);
  report(
    `kill -9 of ${service}, durability ${durability}`,
    `${count} accepted, ${count - bad.length} finished, ${count - keys.size} lost, ${again.length} sent again under the same key, ` +
      `${doubled.length} under another; healthy again in ${seconds(backMs)}` +
      (bad.length > 0
        ? `; ${bad
            .map((run) => `${run.id} ${run.status} ${run.error?.message ?? ''}`)
            .slice(0, 3)
            .join(', ')}`
        : ''),
    bad.length === 0 && keys.size === count && doubled.length === 0,
  );
}

async function downAndUp() {
  await fetch('http://127.0.0.1:3910/delay?ms=0');
  const before = (await wfaib.call('GET', '/api/workflows')).body.items.length;
  await stack.down();
  const ms = await stack.up();
  const after = (await wfaib.call('GET', '/api/workflows')).body.items.length;
  const hook = await wfaib.deliver('/hooks/github-auto', 'after-down', { name: 'ping', body: { zen: 'x' } });
  const { status } = await wfaib.ended(hook);
  report(
    '`down` and `up`',
    `${after} of ${before} workflows, the API key and the password work, a run ${status}; healthy in ${seconds(ms)}`,
    before === after && (await wfaib.signIn()) === 200 && status === 'succeeded',
  );
}

/** Starts ten runs that wait on Temporal for a while. */
async function waitingRuns() {
  const path = await wfaib.publish('standard', (document, parametersOf) => {
    parametersOf('hook').path = `later-${Date.now()}`;
    parametersOf('hook').respond = 'immediately';
    document.nodes.find((node) => node.id === 'rest').type = 'core.wait';
    document.nodes.find((node) => node.id === 'rest').parameters = { for: '25s' };
    parametersOf('report').body = "={{ { delivery: $('GitHub event').item.json.headers['x-github-delivery'] } }}";
    document.nodes = document.nodes.filter((node) => node.id !== 'reply');
    document.connections = document.connections.filter(({ to }) => to.node !== 'reply');
  });
  const runs = [];
  for (let n = 0; n < 10; n++) runs.push(await wfaib.deliver(path, `${path}-${n}`, { name: 'push', body: { n } }));
  return runs;
}

/** WFAIB_OLD_IMAGE names the image of an earlier build: runs that wait under it go on under this one. */
async function upgrade() {
  if (!process.env.WFAIB_OLD_IMAGE) return;
  await stack.up({ WFAIB_IMAGE: process.env.WFAIB_OLD_IMAGE });
  const runs = await waitingRuns();
  const ms = await stack.up();
  const ends = await Promise.all(runs.map((id) => wfaib.ended(id)));
  const good = ends.filter(({ status }) => status === 'succeeded').length;
  report(
    `Upgrade from ${process.env.WFAIB_OLD_IMAGE}`,
    `healthy in ${seconds(ms)}, ${good} of ${runs.length} open runs finished`,
    good === runs.length,
  );
}

/** Open runs (in a wait, on Temporal) are backed up; then everything is lost, and restored. */
async function restore() {
  const folder = mkdtempSync(join(tmpdir(), 'wfaib-backup-'));
  const file = join(folder, 'backup.tar');
  try {
    const runs = await waitingRuns();
    await sleep(2_000);
    const from = performance.now();
    await run('bash', ['backup.sh', file], { env: stack.env });
    const backedUpMs = performance.now() - from;
    await stack.down('-v');
    const restoring = performance.now();
    const { stdout } = await run('bash', ['restore.sh', file], { env: stack.env, timeoutMs: 400_000 });
    const restoredMs = performance.now() - restoring;
    const health = await wfaib.health();
    const held = (await Promise.all(runs.map((id) => wfaib.run(id)))).map(({ status }) => status);
    const heldDetail = health.checks?.['held runs']?.detail ?? 'nothing';
    report('Back-up while 10 runs wait', seconds(backedUpMs));
    report('All volumes lost; restored', `${seconds(restoredMs)}; ${/open at the back-up: \d+/.exec(stdout)?.[0]}`);
    report(
      '`/health/ready` then',
      `${health.status}: ${heldDetail.slice(0, 70)}…`,
      health.checks?.['held runs']?.degraded === true,
    );
    report(
      'The runs then',
      [...new Set(held)].join(', '),
      held.every((status) => status === 'waiting' || status === 'running'),
    );
    await stack.up({ WFAIB_TEMPORAL_RESET: 'accept' });
    const ends = await Promise.all(runs.map((id) => wfaib.ended(id)));
    const good = ends.filter(({ status }) => status === 'succeeded').length;
    report('After WFAIB_TEMPORAL_RESET=accept', `${good} of ${runs.length} finished`, good === runs.length);
    await stack.up();
    const { status } = await wfaib.health();
    report(
      'Started again without it',
      `health ${status}, signed in: ${(await wfaib.signIn()) === 200}`,
      status === 'ok',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function clear() {
  await docker('rm', '-f', `${stack.project}-receiver`).catch(() => undefined);
  await stack.down('-v').catch((error) => console.error(error.message));
}

function table() {
  const width = Math.max(...rows.map(([what]) => what.length));
  console.log(`\n${rows.map(([what, figure]) => `${what.padEnd(width)}  ${figure}`).join('\n')}`);
  console.log(`\n${rows.length - failed} of ${rows.length} as promised`);
}

const killAll = async () => {
  for (const service of ['wfaib', 'temporal', 'postgres'])
    for (const durability of ['auto', 'standard']) await killed(service, durability);
};
const parts = {
  safety,
  idle,
  load,
  kill: killAll,
  down: downAndUp,
  upgrade,
  restore,
  scale: () => tryScaled({ image, report }),
};
const asked = process.argv.slice(2).filter((word) => word in parts);

try {
  await clear();
  await build();
  await firstStart();
  await startReceiver();
  await publishBoth();
  for (const [name, part] of Object.entries(parts)) if (asked.length === 0 || asked.includes(name)) await part();
} catch (error) {
  report('Stopped', error.stack, false);
  console.error((await stack.compose(['logs', '--tail', '40']).catch(() => '')).slice(-8_000));
} finally {
  if (!process.argv.includes('--keep')) await clear();
  table();
}
process.exit(failed === 0 ? 0 : 1);
