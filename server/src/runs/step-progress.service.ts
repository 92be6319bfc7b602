import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { EventBus } from '../events/event-bus.service.js';
import { stepProgressChannel, type StepProgressed } from './run.events.js';

/** A step that has not been heard of for so long does not report any more, in milliseconds. */
const silenceMs = 15_000;

interface Heard {
  news: StepProgressed;
  /** Grows with everything that is heard. */
  number: number;
  at: number;
}

/** How far the steps of all runs are, as whoever executes them said last. */
@Injectable()
export class StepProgressBoard implements OnModuleDestroy {
  readonly #byRun = new Map<string, Map<string, Heard>>();
  readonly #stop: () => void;
  #count = 0;
  #lookedAt = 0;

  constructor(bus: EventBus) {
    this.#stop = bus.subscribe<StepProgressed>(stepProgressChannel, (news) => this.#hear(news));
  }

  onModuleDestroy(): void {
    this.#stop();
  }

  /** Number of the newest that was heard. */
  get newest(): number {
    return this.#count;
  }

  /** What the steps of a run said last, if after number `after`. */
  of(runId: string, after = 0): StepProgressed[] {
    const all = [...(this.#byRun.get(runId)?.values() ?? [])];
    return all.filter((heard) => heard.number > after && isFresh(heard)).map(({ news }) => news);
  }

  #hear(news: StepProgressed): void {
    this.#forgetOld();
    const steps = this.#byRun.get(news.runId) ?? new Map<string, Heard>();
    this.#byRun.set(news.runId, steps);
    steps.set(news.step, { news, number: ++this.#count, at: performance.now() });
  }

  #forgetOld(): void {
    if (performance.now() - this.#lookedAt < silenceMs) return;
    this.#lookedAt = performance.now();
    for (const [runId, steps] of this.#byRun) {
      for (const [step, heard] of steps) if (!isFresh(heard)) steps.delete(step);
      if (steps.size === 0) this.#byRun.delete(runId);
    }
  }
}

function isFresh({ at }: Heard): boolean {
  return performance.now() - at < silenceMs;
}
