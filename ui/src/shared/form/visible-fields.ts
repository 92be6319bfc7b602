import type { Field, ShowWhen } from '@wfaib/sdk/fields';

type Values = Readonly<Record<string, unknown>>;

/** The fields to show, in order: one with `showWhen` only while the other parameters have such values. */
export function visibleFields(fields: Record<string, Field>, values: Values): [string, Field][] {
  return Object.entries(fields).filter(([, field]) => isShown(field.showWhen, fields, values));
}

/** Whether the parameters have the values that something is shown for. */
export function isShown(showWhen: ShowWhen | undefined, fields: Record<string, Field>, values: Values): boolean {
  return Object.entries(showWhen ?? {}).every(([name, allowed]) => {
    const value = values[name] ?? fields[name]?.default;
    // What an expression will come to is not known yet, so the field might count.
    return isExpression(value) || allowed.includes(value);
  });
}

/** Whether a value is a template rather than a fixed text. */
export function isExpression(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('=');
}
