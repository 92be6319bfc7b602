import { spawn, type ChildProcess } from 'node:child_process';
import type { Duplex } from 'node:stream';
import type { StepError } from '@wfaib/sdk/errors';
import type { EgressRules } from '../egress/egress.types.js';
import { residentBytes } from '../lifecycle/resident-memory.service.js';
import { childCommand, type ChildLimits } from './child-command.js';
import type { Answer, AskError, ChildCall, ChildQuestion, FromChild, ToChild } from './child/child-protocol.types.js';
import { FrameReader, writeFrame } from './child/frames.js';
import { killedError } from './connector-errors.js';

/** What the server does for a call while it runs. */
export interface CallListener {
  /** @param bytes what goes with the question */
  answer(question: ChildQuestion, bytes: Uint8Array): Promise<Answer>;
  heartbeat(): void;
  progress(told: { fraction?: unknown; text?: unknown }): void;
  log(line: unknown): void;
}

export type ChildReply = { ok: true; value: unknown } | { ok: false; error: StepError };

interface Pending {
  settle(reply: ChildReply): void;
  listener: CallListener;
}

export interface ChildChoices {
  pluginFolders: string[];
  egress: EgressRules;
  limits: ChildLimits;
  /** Called with the first lines of what the child wrote to standard error when it died. */
  onExit(reason: string): void;
}

/** How long a child may leave a ping unanswered while calls are in it, in milliseconds. */
const silenceMs = 5_000;
const memoryLookMs = 200;

/**
 * One connector process, seen from the server. Everything it says is checked or treated as text. When it dies, all calls in it
 * end as `connector.killed`; a new one is the host's to start.
 */
export class ConnectorChild {
  private readonly process: ChildProcess;
  private readonly pipe: Duplex;
  private readonly pending = new Map<number, Pending>();
  private readonly started: Promise<void>;
  private markStarted!: () => void;
  private lastId = 0;
  private lastSign = performance.now();
  private lastLook = performance.now();
  private isReady = false;
  private deathReason: string | undefined;
  private stderr = '';
  private watch: NodeJS.Timeout | undefined;

  constructor(private readonly choices: ChildChoices) {
    const { file, args } = childCommand(choices.pluginFolders, choices.limits);
    this.process = spawn(file, args, { env: {}, cwd: '/', stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
    this.pipe = this.process.stdio[3] as Duplex;
    this.started = new Promise((resolve) => (this.markStarted = resolve));
    this.listen();
    this.send({ type: 'start', egress: choices.egress });
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  get isAlive(): boolean {
    return this.deathReason === undefined;
  }

  /** Calls that have no reply yet. */
  get load(): number {
    return this.pending.size;
  }

  /** Sends a call; the reply never rejects. `cancel` asks the child to stop it. */
  call(
    call: ChildCall,
    listener: CallListener,
  ): { reply: Promise<ChildReply>; cancel: (reason: 'timeout' | 'cancelled') => void } {
    const id = ++this.lastId;
    const reply = new Promise<ChildReply>((settle) => {
      if (!this.isAlive) return settle({ ok: false, error: killedError(this.deathReason!) });
      this.pending.set(id, { settle, listener });
      this.startWatch();
      void this.started.then(() => this.send({ type: 'call', id, call }));
    });
    return { reply, cancel: (reason) => this.send({ type: 'cancel', id, reason }) };
  }

  /** Ends the process at once; `reason` completes the sentence "the process ended: …". */
  kill(reason: string): void {
    this.deathReason ??= reason;
    this.process.kill('SIGKILL');
  }

  private listen(): void {
    const reader = new FrameReader((message, bytes) => this.take(message as FromChild, bytes));
    this.pipe.on('data', (chunk: Buffer) => this.read(reader, chunk));
    this.pipe.on('error', () => {});
    this.process.stderr!.on(
      'data',
      (chunk: Buffer) => (this.stderr = (this.stderr + chunk.toString()).slice(0, 4_000)),
    );
    this.process.on('error', (error) => this.buried(error.message));
    this.process.on('exit', (code, signal) => this.buried(signal ? `signal ${signal}` : `exit code ${code}`));
  }

  private read(reader: FrameReader, chunk: Buffer): void {
    if (!this.isAlive) return;
    try {
      reader.push(chunk);
    } catch {
      this.kill('it sent a message that is too large or not well-formed');
    }
  }

  private take(message: FromChild, bytes: Uint8Array): void {
    this.lastSign = performance.now();
    if (message.type === 'ready') {
      this.isReady = true;
      return this.markStarted();
    }
    if (message.type === 'pong') return;
    const pending = this.pending.get(message.id);
    if (!pending) return;
    if (message.type === 'result') this.settle(message.id, { ok: true, value: message.value });
    else if (message.type === 'error') this.settle(message.id, { ok: false, error: message.error });
    else if (message.type === 'heartbeat') pending.listener.heartbeat();
    else if (message.type === 'progress') pending.listener.progress(message);
    else if (message.type === 'log') pending.listener.log(message.line);
    else if (message.type === 'ask') void this.answer(message.ask, pending.listener.answer(message.question, bytes));
  }

  private async answer(ask: number, answering: Promise<Answer>): Promise<void> {
    try {
      const { value, bytes } = await answering;
      this.send({ type: 'answer', ask, value }, bytes);
    } catch (error) {
      this.send({ type: 'answer', ask, error: askErrorOf(error) });
    }
  }

  private settle(id: number, reply: ChildReply): void {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    if (this.pending.size === 0) this.stopWatch();
    pending?.settle(reply);
  }

  private send(message: ToChild, bytes?: Uint8Array): void {
    if (this.pipe.writable) writeFrame(this.pipe, message, bytes);
  }

  /** While calls are in the child: does it still answer, and how much memory has it taken? */
  private startWatch(): void {
    if (this.watch) return;
    this.lastSign = this.lastLook = performance.now();
    this.watch = setInterval(() => this.look(), memoryLookMs);
  }

  private look(): void {
    // The server itself was stopped or busy: the child had no chance to be heard.
    const now = performance.now();
    if (now - this.lastLook > silenceMs / 2) this.lastSign = now;
    this.lastLook = now;
    const used = residentBytes(this.pid) ?? 0;
    if (used > this.choices.limits.residentMb * 2 ** 20)
      return this.kill(`it used more than ${this.choices.limits.residentMb} MiB`);
    if (this.isReady && now - this.lastSign > silenceMs) return this.kill('it did not answer any more');
    if (this.isReady) this.send({ type: 'ping' });
  }

  private stopWatch(): void {
    clearInterval(this.watch);
    this.watch = undefined;
  }

  private buried(how: string): void {
    this.deathReason ??= /heap out of memory|Allocation failed/.test(this.stderr) ? 'it ran out of memory' : how;
    this.stopWatch();
    const error = killedError(this.deathReason);
    for (const id of this.pending.keys()) this.settle(id, { ok: false, error });
    this.choices.onExit([this.deathReason, this.stderr.trim()].filter(Boolean).join(': '));
  }
}

/** Errors of the product carry a code and say whether another try may help; of others the message is told. */
function askErrorOf(error: unknown): AskError {
  const { message, code, retryable } = error as Error & { code?: unknown; retryable?: unknown };
  const isOurs = typeof code === 'string' && code.includes('.');
  return isOurs ? { message, code, retryable: retryable === true } : { message };
}
