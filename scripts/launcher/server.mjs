import { join } from 'node:path';
import { root, toolsDir } from './paths.mjs';
import { Stop } from './say.mjs';
import { Supervised } from './supervisor.mjs';

const lastLines = [];

/** Starts the server and answers its address once it is ready. */
export async function startServer({ dataDir, port, database, temporal, instance, running }) {
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    // The libc of most Linux machines keeps a pool of freed memory for each of many threads.
    MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '2',
    NODE_COMPILE_CACHE: join(toolsDir, 'compile-cache'),
    DATABASE_URL: database,
    WFAIB_DATA_DIR: dataDir,
    WFAIB_PORT: `${port}`,
    ...(temporal
      ? { TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: process.env.TEMPORAL_NAMESPACE ?? 'wfaib' }
      : {}),
    // On one machine there is one Temporal: when its file is gone, it is gone.
    WFAIB_TEMPORAL_RESET: process.env.WFAIB_TEMPORAL_RESET ?? 'accept',
    ...(temporal?.uiUrl ? { TEMPORAL_UI_URL: temporal.uiUrl } : {}),
  };
  let ready;
  const isReady = new Promise((resolve) => (ready = resolve));
  const supervised = new Supervised({
    role: 'server',
    stopSignal: 'SIGTERM',
    dataDir,
    instance,
    command: () => ({
      command: process.execPath,
      args: ['--enable-source-maps', join(root, 'server/dist/main.js')],
      options: { cwd: root, env },
    }),
    onLine: (line) => {
      lastLines.push(line);
      if (lastLines.length > 30) lastLines.shift();
      const url = /^WFAIB ready (\S+)/.exec(line)?.[1];
      if (url) ready(url);
    },
  });
  supervised.start();
  running.push({ supervised, graceMs: 8_000 });
  const url = await Promise.race([isReady, untilDown(supervised), tooLate(120_000)]);
  if (url === undefined) throw new Stop(`The server did not start.\n${complaint(dataDir)}`);
  supervised.keepAlive();
  return url;
}

async function untilDown(supervised) {
  while (!supervised.isDown) await new Promise((resolve) => setTimeout(resolve, 50));
  // What it said last may still be in the pipe.
  await new Promise((resolve) => setTimeout(resolve, 100));
}

const tooLate = (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref());

// The server ends with one plain sentence when it cannot start; without one, its last lines have to do.
function complaint(dataDir) {
  const sentences = lastLines.filter((line) => !line.startsWith('{'));
  const shown = sentences.length > 0 ? sentences.slice(-3) : lastLines.slice(-8);
  return [...shown, `The whole log: ${join(dataDir, 'server.log')}`].map((line) => `    ${line}`).join('\n');
}
