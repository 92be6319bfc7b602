/** What the code reported last. */
export interface Report {
  fraction: number;
  text: string;
}

/** How often what the code wrote is looked at, in milliseconds. */
const lookMs = 500;
const header = 3;
const maxChars = 200;

/**
 * Memory that the isolate writes how far it is into and this side reads: nothing of the host can be called from there. As
 * 16-bit numbers: how often it was written (modulo 65,536), ten thousandths done, length of the text, and its letters.
 */
export class ProgressSlate {
  readonly memory = new SharedArrayBuffer(2 * (header + maxChars));
  readonly #view = new Uint16Array(this.memory);
  readonly #timer: NodeJS.Timeout;
  readonly #report: (told: Report) => void;
  #seen = 0;

  // Children run their sources as they are, where nothing was built: without parameter properties.
  constructor(report: (told: Report) => void) {
    this.#report = report;
    this.#timer = setInterval(() => this.#look(), lookMs);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const [count, done, length] = this.#view;
    if (count === this.#seen) return;
    this.#seen = count!;
    const letters = this.#view.subarray(header, header + Math.min(length!, maxChars));
    this.#report({ fraction: done! / 10_000, text: String.fromCharCode(...letters) });
  }
}
