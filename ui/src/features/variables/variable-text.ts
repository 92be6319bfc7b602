import type { JsonValue } from '@wfaib/sdk/items';
import { t } from '../../shared/i18n/i18n.js';

/** How a value is typed: as it stands, or as JSON where it is more than a text. */
export type ValueKind = 'text' | 'json';

export const kindOf = (value: JsonValue): ValueKind => (typeof value === 'string' ? 'text' : 'json');

export const textOf = (value: JsonValue): string =>
  typeof value === 'string' ? value : JSON.stringify(value, null, 2);

/** The value of what was typed. @throws Error with a sentence where it is no JSON */
export function valueOf(kind: ValueKind, text: string): JsonValue {
  if (kind === 'text') return text;
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new Error(t('variables.noJson'), {
      cause: error,
    });
  }
}
