import { patched } from '@temporalio/workflow';
import type { Progress, StepTask, TimerTask } from './run-activities.types.js';

type Task = StepTask | TimerTask;

/** Names a try of a step, or the wait after it. */
export function keyOf({ kind, step, attempt }: Task): string {
  return `${kind}:${step}:${attempt}`;
}

/** What a Temporal workflow has handed out so far, and what of it is still under way. */
export class HandedOut {
  readonly #begun = new Set<string>();
  readonly #underWay = new Set<string>();
  #newest = 0;

  /** The newest event that was told of: what is asked from now on is answered with no older one. */
  get newest(): number {
    return this.#newest;
  }

  /**
   * An answer came to what was asked when `known` was the newest. Where it tells of less, the journal was set back to a copy
   * of itself: what was handed out for what it has forgotten may be outstanding again.
   * @returns what may be handed out of it, task by task
   */
  hear({ seq }: Progress, known: number): (task: Task) => boolean {
    if (seq !== undefined && seq < known && patched('journal set back')) {
      this.#newest = seq;
      this.#begun.clear();
    }
    const isNewest = seq !== undefined && seq >= this.#newest;
    if (isNewest) this.#newest = seq;
    return (task) => this.#begin(keyOf(task), isNewest);
  }

  /** Its activity has ended, whatever came of it. */
  end(task: Task): void {
    this.#underWay.delete(keyOf(task));
  }

  #begin(key: string, isNewest: boolean): boolean {
    if (this.#underWay.has(key)) return false;
    // Its activity ended, and yet it is outstanding: nobody is at it. An older answer just does not know that it is done.
    if (this.#begun.has(key) && !(isNewest && patched('hand out again'))) return false;
    this.#begun.add(key);
    this.#underWay.add(key);
    return true;
  }
}
