// `npm start`: brings up everything WFAIB needs on this machine, and ends it again on Ctrl-C.
// Plain JavaScript without dependencies: it runs on Node 18 and fetches the rest itself.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuild } from './launcher/build.mjs';
import { ensureDependencies } from './launcher/dependencies.mjs';
import { Instance } from './launcher/instance.mjs';
import { ensureNode } from './launcher/node-runtime.mjs';
import { openDataDir } from './launcher/paths.mjs';
import { isFree, pickPort } from './launcher/ports.mjs';
import { requireDatabase, startPostgres } from './launcher/postgres.mjs';
import { note, part, parts, say, seconds, sinceStart, Stop, warn } from './launcher/say.mjs';
import { startServer } from './launcher/server.mjs';
import { findTemporal, startTemporal, untilTemporalAnswers } from './launcher/temporal.mjs';

const running = [];
let stopping;

async function main() {
  // Kept over the restart in a newer Node.
  process.env.LAUNCHER_STARTED_AT ??= `${Date.now()}`;
  const dataDir = openDataDir();
  await ensureNode(fileURLToPath(import.meta.url), process.argv.slice(2));
  const port = Number(process.env.WFAIB_PORT ?? 3000);
  const instance = new Instance(dataDir);
  await instance.claim();
  process.on('exit', () => instance.release());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0));
  if (!(await isFree(port, process.env.WFAIB_HOST ?? '127.0.0.1'))) {
    throw new Stop(
      `Port ${port} is taken by another program. Set WFAIB_PORT to a free one, for example: WFAIB_PORT=${port + 1} npm start`,
    );
  }
  await ensureDependencies();
  await ensureBuild();
  const before = sinceStart();
  const [database, temporal] = await Promise.all([
    bringUpDatabase(dataDir, instance),
    bringUpTemporal(dataDir, instance, port),
  ]);
  const url = await part('Server', () => startServer({ dataDir, port, database, temporal, instance, running }));
  instance.setUrl(url);
  greet({ url, dataDir, temporal, readyMs: sinceStart() - before });
}

async function bringUpDatabase(dataDir, instance) {
  if (process.env.DATABASE_URL) {
    await part('PostgreSQL', () => requireDatabase(process.env.DATABASE_URL));
    return process.env.DATABASE_URL;
  }
  const { url, supervised } = await part('PostgreSQL', () => startPostgres({ dataDir, wishedPort: 5433, instance }));
  running.unshift({ supervised, graceMs: 8_000 });
  return url;
}

async function bringUpTemporal(dataDir, instance, serverPort) {
  if (process.env.WFAIB_ENGINE === 'queue') return undefined;
  if (process.env.TEMPORAL_ADDRESS)
    return { address: process.env.TEMPORAL_ADDRESS, uiUrl: process.env.TEMPORAL_UI_URL };
  const binary = await findTemporal();
  if (!binary) return undefined;
  // Well-known for the one installation of a checkout; those beside it, which may start at the same time, take any.
  const isMain = process.env.WFAIB_DATA_DIR === undefined;
  const port = await pickPort(isMain ? 7233 : 0);
  const uiPort = await pickPort(isMain ? 8233 : 0);
  const codec = `http://127.0.0.1:${serverPort}/codec`;
  const supervised = startTemporal({ binary, dataDir, port, uiPort, codec, instance });
  running.push({ supervised, graceMs: 5_000 });
  if (!(await part('Temporal', () => untilTemporalAnswers(port, supervised)))) {
    warn(
      `Temporal did not start; ${join(dataDir, 'temporal.log')} says why. The queue engine stands in until it does.`,
    );
  }
  return { address: `127.0.0.1:${port}`, uiUrl: `http://127.0.0.1:${uiPort}` };
}

function greet({ url, dataDir, temporal, readyMs }) {
  say('');
  say(`WFAIB is ready: ${url}`);
  const link = join(dataDir, 'owner-link');
  if (existsSync(link)) say(`Make the owner account here, once: ${readFileSync(link, 'utf8').trim()}`);
  if (temporal) note(`Temporal UI: ${temporal.uiUrl ?? temporal.address}`);
  else
    warn(
      'No Temporal here: workflows run on the queue engine. Runs are durable, but one machine does all the work. Install the Temporal CLI, or Python 3 with pip, to change that.',
    );
  const all = Date.now() - Number(process.env.LAUNCHER_STARTED_AT);
  const first = all > readyMs + 1_000 ? `${seconds(all)} in all, ` : '';
  note(
    `${first}ready in ${seconds(readyMs)} once built: ${[...parts].map(([name, ms]) => `${name} ${seconds(ms)}`).join(', ')}`,
  );
  note(`data and logs: ${dataDir}. Ctrl-C stops everything.`);
}

/** Ends the children in order: first who writes, last who stores. */
async function stop(code) {
  if (running.length === 0) process.exit(code);
  stopping ??= (async () => {
    say('\nStopping…');
    const server = running.filter(({ supervised }) => supervised.role === 'server');
    const rest = running.filter(({ supervised }) => supervised.role !== 'server');
    await Promise.all(server.map(({ supervised, graceMs }) => supervised.stop(graceMs)));
    await Promise.all(rest.map(({ supervised, graceMs }) => supervised.stop(graceMs)));
    say('Stopped.');
    process.exit(code);
  })();
  return stopping;
}

main().catch(async (error) => {
  if (stopping) return;
  say('');
  warn(error instanceof Stop ? error.message : `The start failed: ${error.stack}`);
  await stop(1);
});
