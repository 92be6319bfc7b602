import { ExpressionError } from './expression.errors.js';
import type { Evaluation } from './evaluation.js';
import { Namespace } from './views.js';

type Implementation = (args: readonly unknown[], run: Evaluation) => unknown;

/** A function as a value: an arrow the person wrote, or a member such as `Math.round`. Host functions never are. */
export class FunctionValue {
  readonly #implementation: Implementation;

  constructor(implementation: Implementation) {
    this.#implementation = implementation;
  }

  invoke(args: readonly unknown[], run: Evaluation): unknown {
    return this.#implementation(args, run);
  }
}

/** The function given as an argument, ready to be called; `user` is the method that wants it. */
export function callbackOf(value: unknown, user: string, run: Evaluation): (...args: unknown[]) => unknown {
  if (value instanceof Namespace && value.call !== undefined) {
    const call = value.call;
    return (...args) => call(undefined, args, run);
  }
  if (!(value instanceof FunctionValue)) {
    throw new ExpressionError(`${user} needs a function, for example ${user}(x => x.id)`);
  }
  return (...args) => value.invoke(args, run);
}
