import type { Item } from '@wfaib/sdk/items';

const most = 40;

/** The fields the items have, in the order they first appear; a few rows are enough to know. */
export function columnsOf(items: readonly Item[]): string[] {
  const names = new Set<string>();
  for (const item of items.slice(0, 50)) {
    for (const name of Object.keys(item.json ?? {})) {
      names.add(name);
      if (names.size === most) return [...names];
    }
  }
  return [...names];
}

/** How a value reads in a cell, cut at 1 kB. */
export function cellText(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 1_000 ? `${text.slice(0, 1_000)}…` : text;
}
