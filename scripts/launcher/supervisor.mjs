import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { seconds, warn } from './say.mjs';

const pauses = [200, 1_000, 2_000, 5_000];

/** A child process that is started again when it dies, until it is stopped. */
export class Supervised {
  #stopping = false;
  #deaths = 0;
  #child;
  #ended = Promise.resolve();

  /**
   * @param {object} options
   * @param {string} options.role name in messages and log file
   * @param {() => { command: string, args: string[], options?: object }} options.command asked at each start
   * @param {NodeJS.Signals} options.stopSignal ends it cleanly
   */
  constructor({ role, command, stopSignal, dataDir, instance, onLine }) {
    Object.assign(this, { role, command, stopSignal, instance, onLine });
    this.log = createWriteStream(join(dataDir, `${role}.log`), { flags: 'a', mode: 0o600 });
  }

  get pid() {
    return this.#child?.pid;
  }

  /** Whether the child of the moment has ended. */
  get isDown() {
    return this.#child === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  start() {
    const { command, args, options } = this.command();
    // Own process group: Ctrl-C reaches the launcher alone, which ends its children in order.
    const child = privately(() =>
      spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...options }),
    );
    this.#child = child;
    const startedAt = performance.now();
    child.on('error', (error) => warn(`${this.role} could not be started: ${error.message}`));
    if (child.pid) this.instance.add(this.role, child.pid);
    this.#forward(child.stdout);
    this.#forward(child.stderr);
    this.#ended = new Promise((resolve) => child.once('close', resolve));
    child.once('close', (code, signal) => this.#died(code, signal, performance.now() - startedAt));
  }

  /** From now on a death is followed by a new start. */
  keepAlive() {
    this.keep = true;
  }

  async stop(graceMs) {
    this.#stopping = true;
    if (this.isDown) return;
    this.#child.kill(this.stopSignal);
    const late = setTimeout(() => this.#child.kill('SIGKILL'), graceMs);
    await this.#ended;
    clearTimeout(late);
  }

  #died(code, signal, afterMs) {
    if (this.#stopping || !this.keep) return;
    if (afterMs > 60_000) this.#deaths = 0;
    const pause = pauses[Math.min(this.#deaths++, pauses.length - 1)];
    warn(
      `${this.role} ended (${signal ?? `code ${code}`}) and is started again in ${seconds(pause)}. Nothing is lost: runs go on.`,
    );
    setTimeout(() => !this.#stopping && this.start(), pause);
  }

  #forward(stream) {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (chunk) => {
      this.log.write(chunk);
      const lines = (rest + chunk).split('\n');
      rest = lines.pop();
      for (const line of lines) this.onLine?.(line);
    });
  }
}

/** What a child writes is for this user only: logs may hold links, databases hold everything. */
function privately(start) {
  const before = process.umask(0o077);
  try {
    return start();
  } finally {
    process.umask(before);
  }
}
