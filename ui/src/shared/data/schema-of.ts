import type { Item } from '@wfaib/sdk/items';

/** A field of the items: where it is, what it holds, what one of them has there. */
export interface SchemaField {
  path: (string | number)[];
  type: 'text' | 'number' | 'boolean' | 'list' | 'object' | 'empty';
  /** A value, cut short. */
  example: string;
}

const deepest = 6;
const most = 400;
const looked = 20;

/** The fields of items, depth first, as far as a few of them tell. Inside a list its first element is looked at. */
export function schemaOf(items: readonly Pick<Item, 'json'>[]): SchemaField[] {
  const fields: SchemaField[] = [];
  const visit = (values: unknown[], path: (string | number)[]): void => {
    const names = new Set(values.flatMap((value) => (isRecord(value) ? Object.keys(value) : [])));
    for (const name of names) {
      if (fields.length >= most) return;
      const inner = values.flatMap((value) => (isRecord(value) && Object.hasOwn(value, name) ? [value[name]] : []));
      const shown = inner.find((value) => value !== null && value !== undefined) ?? null;
      const at = [...path, name];
      fields.push({ path: at, type: typeOf(shown), example: exampleOf(shown) });
      if (at.length >= deepest) continue;
      if (isRecord(shown)) visit(inner, at);
      else if (Array.isArray(shown) && isRecord(shown[0])) visit([shown[0]], [...at, 0]);
    }
  };
  visit(
    items.slice(0, looked).map(({ json }) => json),
    [],
  );
  return fields;
}

function typeOf(value: unknown): SchemaField['type'] {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'object';
  return typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'text';
}

function exampleOf(value: unknown): string {
  if (Array.isArray(value)) return `${value.length} ${value.length === 1 ? 'element' : 'elements'}`;
  if (isRecord(value)) return '';
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
