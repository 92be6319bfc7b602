const maxShown = 60;

/** The first place where two values differ, with what is there, as in `total: 120, now 119`. @returns undefined where they are equal */
export function firstDifference(before: unknown, now: unknown, path: readonly string[] = []): string | undefined {
  if (Object.is(before, now)) return undefined;
  if (!isBranch(before) || !isBranch(now) || Array.isArray(before) !== Array.isArray(now))
    return toldAt(path, before, now);
  for (const name of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const found = firstDifference(before[name], now[name], [...path, name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function toldAt(path: readonly string[], before: unknown, now: unknown): string {
  const place = path.filter((name, index) => index > 0 || name !== 'json').join('.');
  return `${place === '' ? 'the item' : place}: ${shown(before)}, now ${shown(now)}`;
}

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
}
