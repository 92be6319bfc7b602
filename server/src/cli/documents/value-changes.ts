import { isObject } from './canonical-text.js';

/** One field that is not the same; absent is `undefined`. */
export interface FieldChange {
  path: string;
  from: unknown;
  to: unknown;
}

/** All fields in which two values differ, as deep as both are objects, or lists of the same length. */
export function valueChanges(from: unknown, to: unknown, path = ''): FieldChange[] {
  if (isObject(from) && isObject(to)) {
    const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    return names.flatMap((name) =>
      valueChanges(own(from, name), own(to, name), path === '' ? name : `${path}.${name}`),
    );
  }
  const isListPair = Array.isArray(from) && Array.isArray(to) && from.length === to.length;
  if (isListPair && from.some((each) => typeof each === 'object'))
    return from.flatMap((each, index) => valueChanges(each, (to as unknown[])[index], `${path}[${index}]`));
  return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ path, from, to }];
}

function own(value: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
