import type { JsonObject, JsonValue } from '@wfaib/sdk/items';

/**
 * Reads a field by name. A dot goes one level down (`customer.name`, `lines.0.sku`), but a field whose own name holds
 * the dot wins. `undefined` when there is none.
 */
export function readPath(json: JsonObject, path: string): JsonValue | undefined {
  if (Object.hasOwn(json, path)) return json[path];
  let value: JsonValue | undefined = json;
  for (const name of path.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
    value = (value as JsonObject)[name];
  }
  return value;
}

/**
 * A copy of `json` with one field set; a dot in the name nests, and what is on the way but no object is replaced by one.
 * A name that exists with its dot is set as it is. List elements are reached by number: `lines.0.sku`.
 */
export function withPath(json: JsonObject, path: string, value: JsonValue): JsonObject {
  if (!path.includes('.') || Object.hasOwn(json, path)) return assigned(json, path, value);
  return setIn(json, path.split('.'), value) as JsonObject;
}

/** A copy of `json` without one field, named as in {@link readPath}. */
export function withoutPath(json: JsonObject, path: string): JsonObject {
  if (!path.includes('.') || Object.hasOwn(json, path)) return omitted(json, path);
  return removeIn(json, path.split('.')) as JsonObject;
}

/** `json` with only the fields named. */
export function onlyPaths(json: JsonObject, paths: readonly string[]): JsonObject {
  let kept: JsonObject = {};
  for (const path of paths) {
    const value = readPath(json, path);
    if (value === undefined) continue;
    kept = Object.hasOwn(json, path) ? assigned(kept, path, value) : withPath(kept, path, value);
  }
  return kept;
}

/** Last part of a field name: `sku` of `lines.sku`. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1) || path;
}

/** `__proto__` becomes a field like any other: a plain assignment would change the prototype instead. */
function assigned(json: JsonObject, name: string, value: JsonValue): JsonObject {
  return { ...json, [name]: value };
}

function omitted(json: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(json).filter(([each]) => each !== name));
}

function setIn(holder: JsonValue | undefined, names: readonly string[], value: JsonValue): JsonValue {
  const [name, ...rest] = names;
  if (name === undefined) return value;
  if (Array.isArray(holder) && /^\d+$/.test(name) && Number(name) <= holder.length) {
    return holder.toSpliced(Number(name), 1, setIn(holder[Number(name)], rest, value));
  }
  const object = isObject(holder) ? holder : {};
  return assigned(object, name, setIn(Object.hasOwn(object, name) ? object[name] : undefined, rest, value));
}

function removeIn(holder: JsonValue | undefined, names: readonly string[]): JsonValue | undefined {
  const [name, ...rest] = names;
  if (name === undefined || !isObject(holder) || !Object.hasOwn(holder, name)) return holder;
  if (rest.length === 0) return omitted(holder, name);
  const inner = removeIn(holder[name], rest);
  return inner === undefined ? holder : assigned(holder, name, inner);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
