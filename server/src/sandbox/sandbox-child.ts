import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { constants, setPriority, tmpdir } from 'node:os';
import { startAwakeTimeout } from '../clock/awake-timeout.service.js';
import { readFrames, writeFrame } from './child/frames.js';
import type { Frame } from './child/frames.js';
import { residentBytes } from '../lifecycle/resident-memory.service.js';
import { readProgress, type StepProgress } from '../nodes/step-progress.js';
import { isFrozen } from './is-frozen.js';

/** Ends of a call that are not an answer of the child. */
export type ChildFailure = 'late' | 'memory' | 'died' | 'broken';

/** What the parent allows one call; beyond it the child is killed. */
export interface CallLimits {
  deadlineMs: number;
  /** Resident memory of the whole child in MiB: V8 does not count all that code can take. */
  maxRssMb: number;
  /** Hears what the code reports meanwhile. */
  onProgress?: ((progress: StepProgress) => void) | undefined;
}

const memoryCheckMs = 100;
/** The server answers before user code computes, where both want the processor (0 is the server's own, 19 the least). */
const childNiceness = 5;

interface Call {
  resolve(result: Frame | ChildFailure): void;
  /** Ends the watch over its time and memory. */
  stop: () => void;
  onProgress: CallLimits['onProgress'];
}

/** One child process that does one thing at a time. */
export class SandboxChild {
  /** Set at its first run: a child never serves two projects. */
  projectId: string | undefined;
  runs = 0;
  isDead = false;
  /** It runs at low priority, which it cannot get rid of. */
  isSlow = false;
  /** The last lines the child wrote to its error output. */
  complaint = '';
  readonly ready: Promise<boolean>;
  private readonly process: ChildProcess;
  private call: Call | undefined;

  constructor(
    command: string,
    args: string[],
    private readonly onEnd: (child: SandboxChild) => void,
  ) {
    this.process = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env: {}, cwd: tmpdir(), detached: true });
    let setReady: (isReady: boolean) => void = () => undefined;
    this.ready = new Promise((resolve) => (setReady = resolve));
    readFrames(
      this.process.stdout!,
      (frame) => {
        if (frame.header.kind === 'ready') setReady(true);
        else if (frame.header.kind === 'progress') this.report(frame);
        else this.answer(frame);
      },
      () => this.end('broken'),
    );
    this.process.stderr!.on('data', (chunk: Buffer) => {
      this.complaint = (this.complaint + chunk.toString('utf8')).slice(-2_000);
    });
    this.process.stdin!.on('error', () => this.end('died'));
    const ended = (): void => {
      setReady(false);
      this.end('died');
    };
    this.process.once('error', ended);
    this.process.once('exit', ended);
    this.setNiceness(childNiceness);
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  onceGone(listener: () => void): void {
    this.process.once('exit', listener);
  }

  get isBusy(): boolean {
    return this.call !== undefined;
  }

  /** Sends one call and waits for its answer. A child past its limits is killed: nothing else is sure to end it. */
  ask(frame: Frame, { deadlineMs, maxRssMb, onProgress }: CallLimits): Promise<Frame | ChildFailure> {
    this.runs++;
    return new Promise((resolve) => {
      if (this.isDead) return resolve('died');
      const checkMemory = (): void => {
        if ((residentBytes(this.pid) ?? 0) > maxRssMb * 2 ** 20) this.end('memory');
      };
      const stopClock = startAwakeTimeout(deadlineMs, () => this.end(isFrozen(this.pid ?? 0) ? 'died' : 'late'));
      const memoryTimer = setInterval(checkMemory, memoryCheckMs);
      this.call = {
        resolve,
        onProgress,
        stop: () => {
          stopClock();
          clearInterval(memoryTimer);
        },
      };
      writeFrame(this.process.stdin!, frame);
    });
  }

  /** Lets everything else on this machine go first, from now on. */
  lowerPriority(): void {
    this.setNiceness(constants.priority.PRIORITY_BELOW_NORMAL);
    this.isSlow = true;
  }

  private setNiceness(niceness: number): void {
    try {
      if (this.pid !== undefined) setPriority(this.pid, niceness);
    } catch {
      // It has ended.
    }
  }

  /** Ends the child at once. After some bombs nothing but SIGKILL works. */
  end(reason: ChildFailure = 'died'): void {
    if (this.isDead) return;
    this.isDead = true;
    if (this.process.exitCode === null && this.process.signalCode === null) this.process.kill('SIGKILL');
    this.answer(reason);
    this.onEnd(this);
  }

  private report({ header }: Frame): void {
    const progress = readProgress(header);
    if (progress) this.call?.onProgress?.(progress);
  }

  private answer(result: Frame | ChildFailure): void {
    const call = this.call;
    this.call = undefined;
    if (!call) return;
    call.stop();
    call.resolve(result);
  }
}
