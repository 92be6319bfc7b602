import { closeSync, openSync, readFileSync, renameSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { note, Stop } from './say.mjs';

/**
 * One launcher per data folder. Its file names the launcher and its children, so that a start after the launcher was
 * killed can end what it left behind.
 */
export class Instance {
  #file;
  #children = new Map();

  constructor(dataDir) {
    this.#file = join(dataDir, 'launcher.json');
  }

  async claim() {
    const before = readRecord(this.#file);
    if (before && isOurs(before.pid, before.startedAt)) {
      throw new Stop(
        `WFAIB is running in this folder already (process ${before.pid}${before.url ? `, ${before.url}` : ''}). Stop it first, or set WFAIB_DATA_DIR to use another folder.`,
      );
    }
    if (before) await endLeftovers(before.children ?? []);
    this.#write(before === undefined);
  }

  /** Remembers a child; `url` is where people find the server. */
  add(role, pid) {
    this.#children.set(role, { role, pid, startedAt: startTimeOf(pid) });
    this.#write();
  }

  setUrl(url) {
    this.url = url;
    this.#write();
  }

  release() {
    try {
      unlinkSync(this.#file);
    } catch {
      // Somebody removed the folder while we ran.
    }
  }

  #write(isNew = false) {
    const record = {
      pid: process.pid,
      startedAt: startTimeOf(process.pid),
      url: this.url,
      children: [...this.#children.values()],
    };
    const text = JSON.stringify(record, null, 2);
    if (isNew) return writeNew(this.#file, text);
    writeFileSync(`${this.#file}.tmp`, text);
    renameSync(`${this.#file}.tmp`, this.#file);
  }
}

// Two starts at the same moment: only one can create the file.
function writeNew(file, text) {
  let handle;
  try {
    handle = openSync(file, 'wx');
  } catch (error) {
    if (error.code === 'EEXIST')
      throw new Stop('WFAIB is being started in this folder by another process. Wait for it, or stop it first.');
    throw error;
  }
  writeSync(handle, text);
  closeSync(handle);
}

function readRecord(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return error.code === 'ENOENT' ? undefined : { pid: 0, children: [] };
  }
}

async function endLeftovers(children) {
  const alive = children.filter((child) => isOurs(child.pid, child.startedAt));
  if (alive.length === 0) return;
  note(`ending what an earlier start left behind: ${alive.map((child) => child.role).join(', ')}`);
  // Temporal and PostgreSQL end cleanly on SIGINT; the server takes SIGTERM.
  for (const child of alive) signal(child.pid, child.role === 'server' ? 'SIGTERM' : 'SIGINT');
  const end = performance.now() + 8_000;
  while (performance.now() < end && alive.some((child) => isOurs(child.pid, child.startedAt))) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  for (const child of alive) if (isOurs(child.pid, child.startedAt)) signal(child.pid, 'SIGKILL');
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}

// A pid alone may belong to a stranger by now: the start time makes sure.
function isOurs(pid, startedAt) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return startedAt === undefined || startTimeOf(pid) === startedAt;
}

/** Start time of a process in clock ticks since boot (Linux, proc(5) field 22); undefined elsewhere. */
function startTimeOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'zombie' : fields[19];
  } catch {
    return undefined;
  }
}
