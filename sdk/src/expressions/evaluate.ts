import type { JsonValue } from '../items.js';
import { defaultLimits, TextBuilder, type Limits } from './budget.js';
import { Evaluation, Frame } from './evaluation.js';
import { ExpressionError } from './expression.errors.js';
import type { ExpressionScope } from './scope.types.js';
import { cachedTemplate, type Template, type TemplateExpression } from './template.js';
import { toJson } from './to-json.js';
import { kindOf, toText } from './values.js';

export { toJson } from './to-json.js';

/** What an evaluation gives: any JSON value, null for undefined and NaN. */
export type JsonLikeValue = JsonValue;

/**
 * Evaluates a template. A single expression keeps the type of its value; in text, null and undefined are empty, objects
 * JSON and dates ISO with offset. The result is data and is never evaluated again.
 * @param budget limits that differ from the defaults
 * @throws ExpressionError and, for a text that is no template yet, ExpressionSyntaxError
 */
export function evaluateTemplate(
  template: Template | string,
  scope: ExpressionScope,
  budget?: Partial<Limits>,
): JsonLikeValue {
  const parsed = typeof template === 'string' ? cachedTemplate(template) : template;
  const limits = budget === undefined ? defaultLimits : { ...defaultLimits, ...budget };
  const run = new Evaluation(scope, limits);
  if (parsed.kind === 'value')
    return guarded(parsed.expression, (code) => toJson(code(new Frame(run, [], undefined)), limits));
  const text = new TextBuilder(run.budget);
  for (const part of parsed.parts) {
    if (typeof part === 'string') text.add(part);
    else guarded(part, (code) => text.add(textPart(code(new Frame(run, [], undefined)), run, limits)));
  }
  return text.toString();
}

/** How a value reads within text. */
function textPart(value: unknown, run: Evaluation, limits: Limits): string {
  switch (kindOf(value)) {
    case 'null':
    case 'undefined':
      return '';
    case 'array':
    case 'object':
    case 'namespace':
    case 'view':
      return JSON.stringify(toJson(value, { ...limits, resultSize: limits.textLength }));
    case 'date':
    case 'duration':
      return (toJson(value) as string | null) ?? '';
    default:
      return toText(value, run.budget);
  }
}

/** Runs an expression; whatever goes wrong becomes an error that names it. */
function guarded<Result>(expression: TemplateExpression, work: (code: TemplateExpression['code']) => Result): Result {
  try {
    return work(expression.code);
  } catch (error) {
    throw named(error, expression.source);
  }
}

function named(error: unknown, source: string): ExpressionError {
  const shown = source.length > 200 ? `${source.slice(0, 197)}...` : source;
  if (error instanceof ExpressionError)
    return new ExpressionError(`${error.message} (in {{ ${shown} }})`, error.code, source);
  const reason = error instanceof Error ? error.message : 'something went wrong';
  if (error instanceof RangeError && /call stack|Invalid (string|array) length/.test(reason)) {
    return new ExpressionError(
      `The expression is too expensive: ${reason} (in {{ ${shown} }})`,
      'expression.budget',
      source,
    );
  }
  return new ExpressionError(`${reason} (in {{ ${shown} }})`, 'expression.failed', source);
}
