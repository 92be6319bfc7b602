import { DateTime } from 'luxon';
import { Budget, type Limits } from './budget.js';
import type { ExpressionScope } from './scope.types.js';

/** One evaluation of one expression: what it may look at and what it has used up. */
export class Evaluation {
  readonly budget: Budget;
  #now: DateTime | undefined;

  constructor(
    readonly scope: ExpressionScope,
    limits?: Limits,
  ) {
    this.budget = new Budget(limits);
  }

  /** The fixed time of the step, in the time zone of the workflow. */
  get now(): DateTime {
    this.#now ??= DateTime.fromMillis(this.scope.now, { zone: this.scope.timezone });
    return this.#now;
  }
}

/** The values of the parameters of a function, one frame for each call. */
export class Frame {
  constructor(
    readonly run: Evaluation,
    readonly locals: unknown[],
    readonly parent: Frame | undefined,
  ) {}
}

/** A compiled piece of an expression. */
export type Code = (frame: Frame) => unknown;
