/** A parameter that may be one text or a list of them, as a list. Empty texts are left out. */
export function asTexts(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((each) => each !== undefined && each !== null && each !== '').map(String);
}

/** A parameter that is a list of groups. Anything else is an empty list. */
export function asGroups<T>(value: unknown): T[] {
  return Array.isArray(value) ? value.filter((each): each is T => typeof each === 'object' && each !== null) : [];
}

/** A parameter that may be left out, as a text. */
export function asText(value: unknown): string | undefined {
  return value === undefined || value === null || value === '' ? undefined : String(value);
}
