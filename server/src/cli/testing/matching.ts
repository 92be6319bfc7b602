/** How far a value is from what was expected. */
export interface Mismatch {
  /** Where in the value, for example `[0].total`; empty for the whole of it. */
  path: string;
  expected: unknown;
  /** `undefined` where there is nothing. */
  actual: unknown;
}

/** Most differences that are told of one value: the rest follows from them, more often than not. */
const most = 20;

/**
 * Compares a value with what was expected of it. An expected object names the fields that count, unless `exact` asks for
 * equal ones; lists have the same length and order either way.
 */
export function mismatches(expected: unknown, actual: unknown, exact: boolean, path = ''): Mismatch[] {
  if (Array.isArray(expected)) return inList(expected, actual, exact, path);
  if (isObject(expected)) return inObject(expected, actual, exact, path);
  return Object.is(expected, actual) ? [] : [{ path, expected, actual }];
}

function inList(expected: unknown[], actual: unknown, exact: boolean, path: string): Mismatch[] {
  if (!Array.isArray(actual)) return [{ path, expected, actual }];
  const length = Math.max(expected.length, actual.length);
  const found: Mismatch[] = [];
  for (let index = 0; index < length && found.length < most; index += 1) {
    const at = `${path}[${index}]`;
    if (index >= expected.length) found.push({ path: at, expected: undefined, actual: actual[index] as unknown });
    else found.push(...mismatches(expected[index], actual[index], exact, at));
  }
  return found;
}

function inObject(expected: Record<string, unknown>, actual: unknown, exact: boolean, path: string): Mismatch[] {
  if (!isObject(actual)) return [{ path, expected, actual }];
  const extra = exact ? Object.keys(actual).filter((name) => !Object.hasOwn(expected, name)) : [];
  return [...Object.keys(expected), ...extra].flatMap((name) => {
    const at = path === '' ? name : `${path}.${name}`;
    const value = Object.hasOwn(actual, name) ? actual[name] : undefined;
    if (!Object.hasOwn(expected, name)) return [{ path: at, expected: undefined, actual: value }];
    return mismatches(expected[name], value, exact, at);
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
