import { t } from '../i18n/i18n.js';

/** The comparisons of a condition. */
export const operators = [
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'contains',
  'notContains',
  'startsWith',
  'endsWith',
  'matches',
  'in',
  'notIn',
  'true',
  'false',
  'exists',
  'notExists',
  'empty',
  'notEmpty',
] as const;

export type Operator = (typeof operators)[number];

/** Those that have no right side. */
const single = new Set<unknown>(['true', 'false', 'exists', 'notExists', 'empty', 'notEmpty']);

export const isSingle = (op: unknown): boolean => single.has(op);

/** A comparison in words. */
export const operatorLabel = (op: Operator): string => t(`form.operator.${op}`);

/** The same for what a document holds, which may be none of them. */
export function operatorWords(op: unknown): string {
  const known = operators.find((each) => each === op);
  return known ? operatorLabel(known) : String(op);
}
