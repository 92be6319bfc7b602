import type { Field } from '@wfaib/sdk/fields';
import { say } from '@wfaib/sdk/sentence';
import { CredentialInvalid } from './credentials.errors.js';

export type CredentialValues = Record<string, string>;
/** Values as a caller sends them: null takes one away, what is left out stays. */
export type CredentialChanges = Record<string, string | number | boolean | null>;

/**
 * Applies changes to the values of a credential.
 * @throws CredentialInvalid for a field the kind does not have, or a required one without a value
 */
export function changedValues(
  fields: Record<string, Field>,
  values: CredentialValues,
  changes: CredentialChanges,
): CredentialValues {
  const result = { ...values };
  for (const [name, value] of Object.entries(changes)) {
    if (!Object.hasOwn(fields, name))
      throw new CredentialInvalid(say`Credentials of this kind have no field "${{ name }}".`, name);
    if (value === null || value === '') delete result[name];
    else result[name] = String(value);
  }
  for (const [name, field] of Object.entries(fields)) {
    if (field.required === true && result[name] === undefined) {
      throw new CredentialInvalid(say`"${{ label: { text: field.label } }}" needs a value.`, name);
    }
  }
  return result;
}

/** Values with the defaults of the kind filled in, as a connector gets them. */
export function withFieldDefaults(fields: Record<string, Field>, values: CredentialValues): CredentialValues {
  const defaults = Object.entries(fields).filter(([, field]) => field.default !== undefined);
  return { ...Object.fromEntries(defaults.map(([name, field]) => [name, String(field.default)])), ...values };
}
