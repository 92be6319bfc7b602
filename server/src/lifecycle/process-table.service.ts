import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Settings } from '../config/config.service.js';

/** One process of this installation. */
export interface ProcessEntry {
  /** `all`, `api` or `worker` for a server, else what the child is for: `sandbox`, `connectors`, … */
  role: string;
  pid: number;
  /** Process that started it, where it is a child of a server. */
  parentPid?: number;
}

/** How long another process may hold the lock of the file before it counts as dead, in milliseconds. */
const staleLockMs = 2_000;

/**
 * `<data dir>/processes.json`: role and pid of all processes, for people and for tests that kill them. Servers that share a
 * data folder share the file; entries of processes that are gone disappear with the next change.
 */
@Injectable()
export class ProcessTable {
  private readonly file: string;
  private readonly own = new Map<number, ProcessEntry>();

  constructor(private readonly settings: Settings) {
    this.file = join(settings.dataDir, 'processes.json');
  }

  /** Adds a process that this one has started, or this one itself. */
  register(role: string, pid: number): void {
    this.own.set(pid, pid === process.pid ? { role, pid } : { role, pid, parentPid: process.pid });
    this.write();
  }

  /** Takes a process out that has ended. */
  unregister(pid: number): void {
    if (this.own.delete(pid)) this.write(pid);
  }

  /** Takes this process and its children out. Called last at shutdown. */
  clear(): void {
    this.own.clear();
    this.write();
  }

  /** All processes, also those of other servers on this data folder and of the launcher. */
  list(): ProcessEntry[] {
    const foreign = [...readEntries(this.file), ...launcherChildren(this.settings.dataDir)].filter(
      (entry) => entry.pid !== process.pid && entry.parentPid !== process.pid && isAlive(entry.pid),
    );
    const own = [...this.own.values()].filter(({ pid }) => isAlive(pid));
    const byPid = new Map([...foreign, ...own].map((entry) => [entry.pid, entry]));
    return [...byPid.values()];
  }

  private write(gone?: number): void {
    withLock(`${this.file}.lock`, this.settings.dataDir, () => {
      const entries = this.list().filter((entry) => entry.pid !== gone);
      const launched = new Set(launcherChildren(this.settings.dataDir).map(({ pid }) => pid));
      // The launcher ends its own after the last server, when nobody is there to take them out.
      const isOver = entries.every(({ pid }) => launched.has(pid));
      const temporary = `${this.file}.${process.pid}.tmp`;
      writeFileSync(temporary, `${JSON.stringify(isOver ? [] : entries, null, 2)}\n`);
      renameSync(temporary, this.file);
    });
  }
}

function withLock(lock: string, folder: string, work: () => void): void {
  mkdirSync(folder, { recursive: true });
  while (!takeLock(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx'));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Date.now() - since > staleLockMs) rmSync(lock, { force: true });
    return false;
  }
}

// PostgreSQL and Temporal belong to the launcher, which notes them in a file of its own.
function launcherChildren(dataDir: string): ProcessEntry[] {
  const { children = [] } = readJson<{ children?: ProcessEntry[] }>(join(dataDir, 'launcher.json')) ?? {};
  return children.filter((child) => child.role !== 'server').map(({ role, pid }) => ({ role, pid }));
}

function readEntries(file: string): ProcessEntry[] {
  const entries = readJson<ProcessEntry[]>(file);
  return Array.isArray(entries) ? entries : [];
}

function readJson<Value>(file: string): Value | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Value;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
