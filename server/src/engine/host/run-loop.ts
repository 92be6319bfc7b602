import type { Clock } from '../../clock/clock.service.js';
import type { Log } from '../../logging/logger.service.js';
import type { ExecuteOptions, HostCommand, RunProgress } from '../runner/runner.types.js';
import { deadlineStep } from '../runner/host-commands.js';
import type { Runner } from '../runner/runner.service.js';
import type { HandOver } from './hand-over.service.js';

/** A wait or retry that is due sooner than this stays with its process, in milliseconds. */
const soonMs = 1_000;
/** Timers further away than this are left to the reconciler. */
const maxTimerMs = 60_000;
/** A run that takes longer goes to the bigger engine when none of its steps is in flight. */
const patienceMs = 2_000;

interface Parts {
  runner: Runner;
  clock: Clock;
  log: Log;
  handOver: Pick<HandOver, 'isPossible' | 'move'>;
  options: ExecuteOptions;
  /** Told when the run stopped here for a reason that is no outcome of it. */
  onFailure: (error: unknown) => void;
}

type Due = Exclude<HostCommand, { kind: 'idle' }>;

/** Carries one run in this process until it ends, waits for long, or has another owner. */
export class RunLoop {
  /** Settles when this process lets go of the run. Never rejects. */
  readonly done: Promise<void>;
  readonly #begun = new Set<string>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #startedAt: number;
  #inFlight = 0;
  #isOver = false;
  #isDraining = false;
  #finish!: () => void;

  constructor(
    readonly runId: string,
    readonly epoch: number,
    private readonly parts: Parts,
  ) {
    this.done = new Promise((resolve) => (this.#finish = resolve));
    this.#startedAt = parts.clock.monotonic();
    this.#work(() => parts.runner.advance(runId, epoch, parts.options));
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** There is news. */
  poke(): void {
    if (!this.#isOver) this.#work(() => this.parts.runner.advance(this.runId, this.epoch, this.parts.options));
  }

  /** Finish what is in flight and begin nothing new. */
  drain(): void {
    this.#isDraining = true;
    if (this.#inFlight === 0) this.#end();
  }

  #work(what: () => Promise<RunProgress>): void {
    this.#inFlight += 1;
    what()
      .then((progress) => this.#take(progress))
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#inFlight -= 1;
        if (this.#isDraining && this.#inFlight === 0) this.#end();
      });
  }

  /** The run is in a state nobody foresaw, or the database is away: the reconciler tries it again. */
  #fail(error: unknown): void {
    this.parts.log.error({ runId: this.runId, epoch: this.epoch, error }, 'A run stopped in this process');
    this.parts.onFailure(error);
    this.#end();
  }

  #take(progress: RunProgress): void {
    if (this.#isOver) return;
    if (progress.ended || progress.superseded) return this.#end();
    const due = progress.commands.filter((command): command is Due => command.kind !== 'idle');
    const fresh = due.filter((command) => !this.#begun.has(keyOf(command)));
    if (this.#isDraining) return;
    if (this.#mayMove(due.filter(({ step }) => step !== deadlineStep))) return void this.#move();
    for (const command of fresh) this.#begin(command);
    if (this.#inFlight <= 1 && this.#timers.size === 0 && this.#begun.size === 0) this.#end();
  }

  #begin(command: Due): void {
    const key = keyOf(command);
    const delay = (command.dueAt ?? 0) - this.parts.clock.now();
    if (delay > maxTimerMs) return;
    this.#begun.add(key);
    if (delay <= 0 && command.kind === 'step') return this.#run(command);
    const timer = setTimeout(
      () => {
        this.#timers.delete(key);
        this.#run(command);
      },
      Math.max(1, delay),
    );
    this.#timers.set(key, timer);
  }

  #run(command: Due): void {
    const { runner, options } = this.parts;
    const { step, attempt } = command;
    this.#work(async () => {
      try {
        if (command.kind === 'timer') return await runner.fireTimer(this.runId, this.epoch, step, attempt, options);
        return await runner.executeStep(this.runId, this.epoch, step, attempt, options);
      } finally {
        this.#begun.delete(keyOf(command));
      }
    });
  }

  /** Only when no step is in flight; `take` itself is called from the one that just ended. */
  #mayMove(due: Due[]): boolean {
    if (this.#inFlight > 1 || due.length === 0) return false;
    const now = this.parts.clock.now();
    if (due.every(({ dueAt }) => (dueAt ?? 0) > now + soonMs)) return this.parts.handOver.isPossible;
    const isLong = this.parts.clock.monotonic() - this.#startedAt > patienceMs;
    return isLong && this.parts.handOver.isPossible && due.every(({ kind }) => kind === 'step');
  }

  async #move(): Promise<void> {
    try {
      await this.parts.handOver.move(this.runId, this.epoch);
    } catch (error) {
      this.parts.log.warn({ runId: this.runId, error }, 'A run could not be handed over');
    }
    this.#end();
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#finish();
  }
}

function keyOf(command: Due): string {
  return `${command.kind}:${command.step}:${command.attempt}`;
}
