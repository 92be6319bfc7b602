import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';

/** A Redis of a spec's own. */
export interface TestRedis {
  url: string;
  /** Sends one command and returns the raw answer. */
  send(command: string): Promise<string>;
  /** Kills it; what it had is gone. */
  stop(): Promise<void>;
  /** Brings it up again on the same port, empty. */
  start(): Promise<void>;
  /** Ends it and drops its folder. Call it in `afterAll`. */
  drop(): Promise<void>;
}

/** Whether this machine has a Redis; what needs one is left out without it. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** Starts `redis-server` on a free port, without persistence. @throws where this machine has none */
export async function startTestRedis(): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'wfaib-test-redis-'));
  const port = await freePort();
  let child: ChildProcess | undefined;
  const send = (command: string) => ask(port, command);
  const stop = async () => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const closed = new Promise((resolve) => child!.once('close', resolve));
    child.kill('SIGKILL');
    await closed;
  };
  const start = async () => {
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    child = spawn('redis-server', options, { stdio: 'ignore', cwd: folder });
    let failure: Error | undefined;
    child.once('error', (error) => (failure = error));
    for (const end = Date.now() + 15_000; ;) {
      if (failure)
        throw new Error('There is no redis-server here. Install the package redis-server.', { cause: failure });
      if ((await send('PING').catch(() => '')).startsWith('+PONG')) return;
      if (Date.now() > end) throw new Error('Redis did not answer within 15 seconds.');
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  };
  const drop = async () => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await drop();
    throw error;
  }
  return { url: `redis://127.0.0.1:${port}`, send, stop, start, drop };
}

function ask(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`));
    socket.once('data', (data) => {
      resolve(data.toString());
      socket.destroy();
    });
    socket.once('error', reject);
  });
}
