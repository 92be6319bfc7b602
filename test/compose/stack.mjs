import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const execute = promisify(execFile);
export const dockerDir = fileURLToPath(new URL('../../docker', import.meta.url));

/** Runs a command and answers what it printed; a failure carries its last lines. Never waits longer than `timeoutMs`. */
export async function run(command, args, { env = {}, input, timeoutMs = 180_000 } = {}) {
  const child = execute(command, args, {
    cwd: dockerDir,
    env: { ...process.env, ...env },
    maxBuffer: 512 * 1024 * 1024,
    timeout: timeoutMs,
  });
  // A command that reads nothing may end before this does.
  child.child.stdin.on('error', () => undefined);
  child.child.stdin.end(input ?? '');
  try {
    const { stdout, stderr } = await child;
    return { stdout: stdout.trim(), stderr };
  } catch (error) {
    const lastLines = (error.stderr || error.message).split('\n').slice(-8).join('\n');
    throw new Error(`${command} ${args.join(' ')}: ${lastLines}`, { cause: error });
  }
}

export const docker = async (...args) => (await run('docker', args)).stdout;

/** The compose file as it is in the repository, under a project name and a port of its own. */
export class Stack {
  constructor({ project, port, files = ['compose.yaml'], env = {} }) {
    this.url = `http://127.0.0.1:${port}`;
    this.project = project;
    this.env = {
      COMPOSE_PROJECT_NAME: project,
      COMPOSE_FILE: files.join(':'),
      WFAIB_PUBLISH: `127.0.0.1:${port}`,
      // Where the receiver is: Docker gives its networks addresses out of these.
      WFAIB_EGRESS_ALLOW: '172.16.0.0/12,192.168.0.0/16',
      ...env,
    };
  }

  async compose(args, { env, input } = {}) {
    return (await run('docker', ['compose', ...args], { env: { ...this.env, ...env }, input })).stdout;
  }

  /** Brings everything up and answers how long it took until all of it was healthy, in milliseconds. */
  async up(env) {
    const from = performance.now();
    await this.compose(['up', '-d', '--wait', '--wait-timeout', '150'], { env });
    return performance.now() - from;
  }

  down(...args) {
    return this.compose(['down', '--remove-orphans', ...args]);
  }

  async containers(service) {
    return (await this.compose(['ps', '-aq', ...(service ? [service] : [])])).split('\n').filter(Boolean);
  }

  async inspect(service) {
    const [id] = await this.containers(service);
    return JSON.parse(await docker('inspect', id))[0];
  }

  /** SIGKILL from outside: `docker kill` would tell Docker not to start the container again. */
  async killHard(id) {
    const before = JSON.parse(await docker('inspect', id))[0];
    process.kill(before.State.Pid, 'SIGKILL');
    const from = performance.now();
    for (;;) {
      const { State, RestartCount } = JSON.parse(await docker('inspect', id))[0];
      const isBack =
        RestartCount > before.RestartCount && State.Running && (State.Health?.Status ?? 'healthy') === 'healthy';
      if (isBack) return performance.now() - from;
      if (performance.now() - from > 120_000)
        throw new Error(`${before.Name} was not healthy two minutes after its kill.`);
      await sleep(200);
    }
  }

  /** Memory in MiB by service, without the cache of files: what `docker stats` shows. */
  async memory() {
    const ids = (await this.compose(['ps', '-q'])).split('\n').filter(Boolean);
    const lines = await docker('stats', '--no-stream', '--format', '{{.Name}} {{.MemUsage}}', ...ids);
    return Object.fromEntries(
      lines.split('\n').map((line) => {
        const [, name, amount, unit] = /^(\S+) ([\d.]+)(\wi?B)/.exec(line);
        const service = name.replace(`${this.project}-`, '').replace(/-1$/, '');
        return [service, Number(amount) * { B: 1 / 1048576, KiB: 1 / 1024, MiB: 1, GiB: 1024 }[unit]];
      }),
    );
  }
}

/** Follows a command's output until `found` answers something. */
export function until(command, args, env, found, timeoutMs = 60_000) {
  const child = spawn(command, args, { cwd: dockerDir, env: { ...process.env, ...env } });
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => (child.kill(), reject(new Error(`${args.join(' ')}: nothing in time`))), timeoutMs);
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const result = found(text);
      if (result === undefined) return;
      clearTimeout(late);
      child.kill();
      resolve(result);
    });
  });
}
