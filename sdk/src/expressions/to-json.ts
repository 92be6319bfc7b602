import type { DateTime, Duration } from 'luxon';
import type { JsonValue } from '../items.js';
import { defaultLimits, overBudget, type Limits } from './budget.js';
import { ExpressionError } from './expression.errors.js';
import type { Pattern } from './pattern.js';
import { describe, kindOf, setOwn } from './values.js';

// Deeper data would break what walks over it later.
const deepest = 500;

/**
 * The JSON of a value: dates are ISO text with offset, undefined, NaN and infinite numbers are null (a property
 * that is undefined is left out). What is JSON already is returned as it is, not copied.
 * Throws `expression.failed` for functions and `expression.budget` for what is too large or too deep.
 */
export function toJson(value: unknown, limits: Limits = defaultLimits): JsonValue {
  const json = new JsonWriter(limits.resultSize).write(value, 0);
  return json === undefined ? null : (json as JsonValue);
}

class JsonWriter {
  constructor(private sizeLeft: number) {}

  write(value: unknown, depth: number): unknown {
    switch (kindOf(value)) {
      case 'string':
        this.charge((value as string).length + 2);
        return value;
      case 'number':
        this.charge(4);
        return Number.isFinite(value) ? (value === 0 ? 0 : value) : null;
      case 'boolean':
      case 'null':
        this.charge(4);
        return value;
      case 'undefined':
        return undefined;
      case 'array':
        return this.list(value as unknown[], depth);
      case 'object':
        return this.object(value as Record<string, unknown>, depth);
      case 'date':
      case 'duration':
        return (value as DateTime | Duration).toISO();
      case 'regex':
        return (value as Pattern).toString();
      default:
        throw new ExpressionError(`The result is ${describe(value)}, not data; call it or pick something out of it`);
    }
  }

  private list(list: readonly unknown[], depth: number): unknown {
    this.enter(depth, list.length);
    let copy: unknown[] | undefined;
    for (let index = 0; index < list.length; index++) {
      const before = list[index];
      const after = this.write(before, depth + 1) ?? null;
      if (copy === undefined && after !== before) copy = list.slice(0, index);
      copy?.push(after);
    }
    return copy ?? list;
  }

  private object(object: Record<string, unknown>, depth: number): unknown {
    const keys = Object.keys(object);
    this.enter(depth, keys.length);
    let copy: Record<string, unknown> | undefined;
    for (const [position, key] of keys.entries()) {
      const before = object[key];
      const after = typeof before === 'function' ? undefined : this.write(before, depth + 1);
      this.charge(key.length + 3);
      if (copy === undefined && (after !== before || after === undefined)) copy = firstKeys(object, keys, position);
      if (copy !== undefined && after !== undefined) setOwn(copy, key, after);
    }
    return copy ?? object;
  }

  private enter(depth: number, count: number): void {
    if (depth > deepest) throw overBudget(`its result is nested deeper than ${deepest} levels`);
    this.charge(2 + count);
  }

  private charge(amount: number): void {
    this.sizeLeft -= amount;
    if (this.sizeLeft < 0) throw overBudget('its result is too large');
  }
}

function firstKeys(object: Record<string, unknown>, keys: readonly string[], count: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const key of keys.slice(0, count)) setOwn(copy, key, object[key]);
  return copy;
}
