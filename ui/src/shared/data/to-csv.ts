import type { Item } from '@wfaib/sdk/items';
import { withoutFormula } from '@wfaib/sdk/spreadsheet-text';

/**
 * Items as CSV (RFC 4180): a column for each field in the order they first appear; what is no plain value as JSON. Texts that a
 * spreadsheet would work out as a formula get an apostrophe before them, as in files that the server writes.
 */
export function toCsv(items: readonly Pick<Item, 'json'>[]): string {
  const columns = [...new Set(items.flatMap(({ json }) => Object.keys(json)))];
  const rows = items.map(({ json }) => columns.map((name) => cell(json[name])).join(','));
  return [columns.map(cell).join(','), ...rows].join('\r\n');
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? withoutFormula(value) : JSON.stringify(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
