import type { ReportProgress, StepProgress } from '../../nodes/step-progress.js';

/** How far a step is, put together from the items that are done and from what those at work say. */
export class StepMeter {
  #done: number;
  readonly #begun = new Map<number, number>();
  /** What one at work said last. */
  #text: string | undefined;

  constructor(
    private readonly total: number,
    done: number,
    private readonly report: ReportProgress | undefined,
  ) {
    this.#done = done;
  }

  /** @param item number of the item in the whole input */
  itemDone(item: number): void {
    this.#begun.delete(item);
    this.#done += 1;
    this.#text = undefined;
    this.report?.(this.#say);
  }

  itemAt(item: number, { fraction, text }: StepProgress): void {
    this.#begun.set(item, fraction);
    this.#text = text === undefined || this.total <= 1 ? text : `item ${item + 1} of ${this.total}: ${text}`;
    this.report?.(this.#say);
  }

  readonly #say = (): StepProgress => {
    const begun = [...this.#begun.values()].reduce((sum, fraction) => sum + fraction, 0);
    const fraction = this.total === 0 ? 0 : Math.min(1, (this.#done + begun) / this.total);
    const text = this.#text ?? (this.total > 1 ? `${this.#done} of ${this.total} items` : undefined);
    return text === undefined ? { fraction } : { fraction, text };
  };
}
