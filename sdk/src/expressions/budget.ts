import { ExpressionError } from './expression.errors.js';

/** What one evaluation may cost. Anything above is the error `expression.budget`. */
export interface Limits {
  /** Operations (property reads, calls, operators). */
  steps: number;
  /** Length of any text an expression makes, in characters. */
  textLength: number;
  /** Elements of any list or object an expression makes. */
  elements: number;
  /** Characters and elements that methods may walk over in all. */
  work: number;
  /** Nesting of function calls, in levels of syntax. */
  depth: number;
  /** Size of the result as JSON text, in characters; data that passes through counts as well. */
  resultSize: number;
  /** Wall clock, in milliseconds; looked at now and then where methods work through much data. */
  timeMs: number;
}

export const defaultLimits: Limits = {
  steps: 100_000,
  textLength: 1_048_576,
  elements: 250_000,
  work: 64_000_000,
  depth: 600,
  resultSize: 64_000_000,
  timeMs: 1_000,
};

// Amount of work after which the clock is looked at.
const clockEvery = 100_000;

/** Counts what an evaluation has used and ends it when it is too much. */
export class Budget {
  private stepsLeft: number;
  private workLeft: number;
  private depthLeft: number;
  private sinceClock = 0;
  private deadline = 0;

  constructor(readonly limits: Limits = defaultLimits) {
    this.stepsLeft = limits.steps;
    this.workLeft = limits.work;
    this.depthLeft = limits.depth;
  }

  step(): void {
    if (--this.stepsLeft < 0) throw overBudget(`it takes more than ${this.limits.steps} steps`);
  }

  /** Charges a method for the characters or elements it walks over. */
  work(amount: number): void {
    this.workLeft -= amount;
    if (this.workLeft < 0) throw overBudget('it works through too much data');
    this.sinceClock += amount;
    if (this.sinceClock > clockEvery) this.time();
  }

  /** Asks, before allocating, whether a text of this length may be made. */
  text(length: number): void {
    if (length > this.limits.textLength) {
      throw overBudget(`it makes a text longer than ${this.limits.textLength} characters`);
    }
  }

  /** Asks, before allocating, whether a list or object with that many elements may be made. */
  elements(count: number): void {
    if (count > this.limits.elements) throw overBudget(`it makes a list of more than ${this.limits.elements} elements`);
    this.work(count * 8);
  }

  enter(levels: number): void {
    this.depthLeft -= levels;
    if (this.depthLeft < 0) throw overBudget('its functions call each other too deeply');
  }

  leave(levels: number): void {
    this.depthLeft += levels;
  }

  /** Ends a search that started longer ago than allowed. */
  time(): void {
    this.sinceClock = 0;
    const now = Date.now();
    if (this.deadline === 0) this.deadline = now + this.limits.timeMs;
    else if (now > this.deadline) throw overBudget(`it takes longer than ${this.limits.timeMs} ms`);
  }
}

/** Puts a text together and checks its length before it grows. */
export class TextBuilder {
  private text = '';

  constructor(private readonly budget: Budget) {}

  add(part: string): void {
    this.budget.text(this.text.length + part.length);
    this.text += part;
  }

  toString(): string {
    return this.text;
  }
}

export function overBudget(reason: string): ExpressionError {
  return new ExpressionError(`The expression is too expensive: ${reason}.`, 'expression.budget');
}
