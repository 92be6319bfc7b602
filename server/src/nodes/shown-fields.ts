import type { Field, ShowWhen } from '@wfaib/sdk/fields';

/** Whether a parameter counts as not given. */
export function isEmptyValue(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/**
 * Whether something with a `showWhen` is in use, given the parameters beside it (defaults count). What depends on a
 * template is not known before the run, and is taken as not in use.
 */
export function isShown(
  showWhen: ShowWhen | undefined,
  values: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, Field>>,
): boolean {
  return Object.entries(showWhen ?? {}).every(([name, wanted]) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return wanted.includes(value === undefined ? fields[name]?.default : value);
  });
}
