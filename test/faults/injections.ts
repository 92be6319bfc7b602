import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sendSignal } from '../support/send-signal.js';
import { pause, until } from './api.js';
import type { Fault, Scene } from './scene.js';

type Inject = Fault['inject'];

const kill = (pid: number, signal: NodeJS.Signals = 'SIGKILL'): boolean => sendSignal(pid, signal);

/** Kills the server that the launcher keeps alive. */
export const killServer: Inject = ({ wfaib }) => void kill(wfaib.serverPid());

export const killTemporal: Inject = (scene) => void kill(scene.process('temporal').pid);

export const killPostgres: Inject = (scene) => void kill(scene.process('postgres').pid);

/** Kills a session in mid-work: PostgreSQL ends all others with it and recovers from its log. */
export const killBackend: Inject = async (scene) => {
  const parent = scene.process('postgres').pid;
  await until('No session of the database is at work', () => killBusyChild(parent), 20_000);
};

function killBusyChild(parent: number): boolean {
  const busy = childrenOf(parent).find((pid) => /(INSERT|UPDATE|WITH|SELECT|COMMIT)/.test(titleOf(pid)));
  return busy !== undefined && kill(busy);
}

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

const titleOf = (pid: number): string =>
  existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';

/** Kills sandbox children that are using the processor: they are in the middle of somebody's code. */
export const killSandbox: Inject = async (scene, load) => {
  for (let count = 0; count < 2; count += 1) {
    let isKilled = false;
    // On a busy machine one may come to its end before it is met.
    for (let tries = 0; tries < 10 && !isKilled; tries += 1) isKilled = await killDuring(scene, load.one('code'));
    if (!isKilled) throw new Error('No sandbox child was met at work.');
  }
};

async function killDuring(scene: Scene, run: Promise<void>): Promise<boolean> {
  const state = { isOver: false };
  void run.finally(() => (state.isOver = true));
  let isKilled = false;
  while (!state.isOver && !isKilled) isKilled = await killWorking(scene);
  await run;
  return isKilled;
}

async function killWorking(scene: Scene): Promise<boolean> {
  const pids = scene.wfaib.pids('sandbox');
  const before = pids.map(ticksOf);
  await pause(150);
  const busy = pids.find((pid, index) => ticksOf(pid) - before[index]! >= 3);
  return busy !== undefined && kill(busy);
}

/** Processor time of a process so far, in ticks of 10 ms (Linux, proc(5) fields 14 and 15). */
function ticksOf(pid: number): number {
  if (!existsSync(`/proc/${pid}/stat`)) return 0;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

export const killConnectors: Inject = async (scene) => {
  await scene.inCall();
  for (const pid of scene.wfaib.pids('connectors')) kill(pid);
};

/** Freezes processes in the middle of steps; for servers longer than their lease. */
export const freeze =
  (pidsOf: (scene: Scene) => number[], ms: number): Inject =>
  async (scene) => {
    await scene.inCall();
    const frozen = pidsOf(scene).filter((pid) => kill(pid, 'SIGSTOP'));
    if (frozen.length === 0) throw new Error('There was nothing to freeze.');
    await pause(ms);
    // One that was frozen may have been given up and replaced meanwhile.
    for (const pid of frozen) kill(pid, 'SIGCONT');
  };

/** PostgreSQL with all its sessions. */
export const postgresPids = (scene: Scene): number[] => {
  const { pid } = scene.process('postgres');
  return [pid, ...childrenOf(pid)];
};

/** Kills the server as soon as the launcher has brought it up again, for a while. */
export const killServerOften =
  (times: number, betweenMs: number): Inject =>
  async ({ wfaib }) => {
    let last = 0;
    for (let count = 0; count < times; count += 1) {
      await until('there is another server', () => wfaib.serverPid() !== last, 30_000);
      await pause(betweenMs);
      last = wfaib.serverPid();
      kill(last);
    }
  };

/** Kills every process of a role as soon as the launcher has brought it up again, for so long. */
export const keepDown =
  (role: string, ms: number): Inject =>
  async ({ wfaib }) => {
    for (const end = performance.now() + ms; performance.now() < end; await pause(50))
      for (const pid of wfaib.pids(role)) kill(pid);
  };

/** Kills Temporal and deletes all it knows before the launcher has started it again. */
export const loseTemporal: Inject = (scene) => {
  kill(scene.process('temporal').pid);
  const { dataDir } = scene.wfaib;
  for (const file of readdirSync(dataDir)) {
    if (file.startsWith('temporal.db')) rmSync(join(dataDir, file));
  }
};
