import { hasTemplate } from '@wfaib/sdk/expressions/deep';
import type { Field } from '@wfaib/sdk/fields';

type Fields = Record<string, Field>;

/**
 * The value of a parameter with its templates evaluated, but for those in fields that take none (code) or keep theirs
 * (`deferred`).
 */
export function evaluateField(
  field: Field | undefined,
  value: unknown,
  evaluate: (value: unknown) => unknown,
): unknown {
  if (!hasTemplate(value)) return value;
  if (field === undefined) return evaluate(value);
  if (field.kind === 'code' || field.expressions === false || field.deferred === true) return value;
  if (field.kind === 'group') return isObject(value) ? evaluateFields(field.of, value, evaluate) : evaluate(value);
  if (field.kind !== 'list' || !Array.isArray(value)) return evaluate(value);
  return value.map((each) => (isObject(each) ? evaluateFields(field.of, each, evaluate) : evaluate(each)));
}

function evaluateFields(
  fields: Fields,
  values: Record<string, unknown>,
  evaluate: (value: unknown) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, evaluateField(fields[name], value, evaluate)]),
  );
}

/** A number or truth value that a template gave as text is taken for what it says. */
export function fitField(field: Field | undefined, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (field?.kind === 'number' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
  if (field?.kind === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
