import { compare, truth, type ConditionOp } from '@wfaib/sdk/expressions/conditions';
import type { NodeContext } from './core-node.types.js';
import { asGroups } from './parameter-shapes.js';

/** A condition as written in the parameters: an expression, or comparisons that are combined. */
export interface ConditionRule {
  condition?: unknown;
  conditions?: unknown;
  combine?: unknown;
}

interface Comparison {
  left?: unknown;
  op?: unknown;
  right?: unknown;
  caseSensitive?: unknown;
}

/**
 * Whether a condition holds for an item. Comparisons are answered one by one, and no further than needed.
 * Without any condition it does not hold.
 * @throws ConditionError when values cannot be compared, ExpressionError; both are recognised by their `code`
 */
export function holds(context: NodeContext, rule: ConditionRule, itemIndex: number): boolean {
  if (rule.condition !== undefined && rule.condition !== null && rule.condition !== '') {
    return truth(context.evaluate(rule.condition, itemIndex));
  }
  const written = Array.isArray(rule.conditions) ? rule.conditions : context.evaluate(rule.conditions, itemIndex);
  const comparisons = asGroups<Comparison>(written);
  const isTrue = (each: Comparison): boolean => compared(context, each, itemIndex);
  if (comparisons.length === 0) return false;
  return rule.combine === 'or' ? comparisons.some(isTrue) : comparisons.every(isTrue);
}

function compared(context: NodeContext, { left, op, right, caseSensitive }: Comparison, itemIndex: number): boolean {
  return compare(context.evaluate(left, itemIndex), op as ConditionOp, context.evaluate(right, itemIndex), {
    caseSensitive: caseSensitive !== false,
    timezone: context.timezone,
  });
}
