import { Mutex } from './mutex.js';
import { RunStopped } from './run-stopped.js';
import type { Command } from '../../interpreter/run-events.types.js';
import type { RunMemory } from './run-memory.js';
import type { RunProgress } from './runner.types.js';

export type StepCommand = Extract<Command, { kind: 'step' }>;

/** A step that is being executed here. */
interface Execution {
  /** Of the owner it is done for. */
  epoch: number;
  promise: Promise<RunProgress>;
  abort: AbortController;
  /** It undoes another step: only force stops it. */
  isShielded: boolean;
}

/** What this process holds of one run: the lock, what is being worked on, and the memory while it is good. */
export class RunSlot {
  readonly lock = new Mutex();
  memory: RunMemory | undefined;
  /** There may be something in the inbox. */
  hasNews = true;
  /** Steps being executed here, by `step:attempt`. */
  readonly executing = new Map<string, Execution>();
  /** Steps this process claimed ahead of the work and has not begun, by `step:attempt`. */
  readonly ahead = new Map<string, StepCommand>();
  /** The time limit of the run was found to be over, and other processes are to hear it. */
  isLate = false;
  users = 0;

  constructor(readonly runId: string) {}

  /** The run is being stopped: what is being executed here ends as cancelled, but for what undoes. */
  stop(isForced = false): void {
    for (const { abort, isShielded } of this.executing.values()) {
      if (isForced || !isShielded) abort.abort(new RunStopped());
    }
  }

  /** What is believed of the run does not hold any more: it is read again next time. */
  forget(): void {
    this.memory = undefined;
    this.ahead.clear();
    this.hasNews = true;
  }

  get isBusy(): boolean {
    return this.users > 0 || this.executing.size > 0;
  }
}

const maxIdle = 2_000;

/** The runs this process knows. Idle ones are forgotten, the longest unused first; they can be read again. */
export class RunSlots {
  readonly #slots = new Map<string, RunSlot>();

  find(runId: string): RunSlot | undefined {
    return this.#slots.get(runId);
  }

  /** Runs of which a step is being executed here. */
  atWork(): RunSlot[] {
    return [...this.#slots.values()].filter(({ executing }) => executing.size > 0);
  }

  /** Works with a slot; it is not forgotten meanwhile. */
  async use<Result>(runId: string, work: (slot: RunSlot) => Promise<Result>): Promise<Result> {
    const slot = this.#slots.get(runId) ?? new RunSlot(runId);
    this.#slots.delete(runId);
    this.#slots.set(runId, slot);
    slot.users += 1;
    try {
      return await work(slot);
    } finally {
      slot.users -= 1;
      if (slot.memory?.hasEnded === true && !slot.isBusy && this.#slots.get(runId) === slot) this.#slots.delete(runId);
      this.#shrink();
    }
  }

  /** Throws all memories away: nothing this process believes about its runs holds any more. */
  forgetAll(): void {
    for (const slot of this.#slots.values()) {
      slot.forget();
      for (const { abort } of slot.executing.values()) abort.abort(new Error('The lease of this process had ended.'));
    }
  }

  #shrink(): void {
    if (this.#slots.size <= maxIdle) return;
    for (const [runId, slot] of this.#slots) {
      if (slot.isBusy || slot.memory?.creation !== undefined) continue;
      this.#slots.delete(runId);
      if (this.#slots.size <= maxIdle) return;
    }
  }
}
