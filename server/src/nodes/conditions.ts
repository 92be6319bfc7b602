import { compare, truth } from '@wfaib/sdk/expressions/conditions';
import { StepFailure, type NodeContext } from './core-node.types.js';
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
 * @throws StepFailure `condition.type` when values cannot be compared, `expression.failed`
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

function compared(context: NodeContext, comparison: Comparison, itemIndex: number): boolean {
  const { left, op, right, caseSensitive } = context.evaluate(comparison, itemIndex) as Comparison;
  try {
    return compare(left, String(op), right, { caseSensitive: caseSensitive !== false });
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (typeof code !== 'string') throw error;
    throw new StepFailure({ code, message: (error as Error).message, nodeId: context.node.id, retryable: false });
  }
}
