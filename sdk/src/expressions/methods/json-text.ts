import type { Evaluation } from '../evaluation.js';
import { ExpressionError } from '../expression.errors.js';
import { toJson } from '../to-json.js';

/** `JSON.parse(text)`. */
export function parseJson(text: string, run: Evaluation): unknown {
  run.budget.work(text.length);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ExpressionError(`The text is not JSON: ${text.slice(0, 60)}`);
  }
}

/** `JSON.stringify(value, null, indent)`, its size asked for before it is made. */
export function jsonText(value: unknown, run: Evaluation, indent: string | number = ''): string | undefined {
  if (value === undefined) return undefined;
  const limit = { ...run.budget.limits, resultSize: run.budget.limits.textLength };
  const data = toJson(value, limit);
  const text = JSON.stringify(data, null, indent);
  run.budget.text(text.length);
  run.budget.work(text.length);
  return text;
}
