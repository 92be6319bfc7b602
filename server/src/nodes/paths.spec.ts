import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onlyPaths, readPath, withPath, withoutPath } from './paths.js';

describe('field names with dots', () => {
  it('read nested fields and elements, and prefer a field with the whole name', () => {
    const json = { a: { b: [{ c: 1 }] }, 'a.b': 2 };
    expect(readPath(json, 'a.b')).toBe(2);
    expect(readPath(json, 'a.b.0.c')).toBe(1);
    expect(readPath(json, 'a.x.y')).toBeUndefined();
    expect(readPath(json, 'toString')).toBeUndefined();
  });

  it('write without touching what they were given', () => {
    const json = { a: { b: 1 }, list: [{ x: 1 }] };
    expect(withPath(json, 'a.c', 2)).toEqual({ a: { b: 1, c: 2 }, list: [{ x: 1 }] });
    expect(withPath(json, 'list.0.x', 2)).toEqual({ a: { b: 1 }, list: [{ x: 2 }] });
    expect(withPath(json, 'list.1', 2)).toEqual({ a: { b: 1 }, list: [{ x: 1 }, 2] });
    expect(withPath({ a: 5 }, 'a.b', 1)).toEqual({ a: { b: 1 } });
    expect(withPath({ 'a.b': 5 }, 'a.b', 1)).toEqual({ 'a.b': 1 });
    expect(json).toEqual({ a: { b: 1 }, list: [{ x: 1 }] });
  });

  it('remove and select', () => {
    const json = { a: { b: 1, c: 2 }, d: 3 };
    expect(withoutPath(json, 'a.b')).toEqual({ a: { c: 2 }, d: 3 });
    expect(withoutPath(json, 'x.y')).toEqual(json);
    expect(onlyPaths(json, ['a.c', 'd', 'nothing'])).toEqual({ a: { c: 2 }, d: 3 });
  });

  it('read back what they wrote', () => {
    const name = fc.stringMatching(/^[a-z_]{1,4}$/);
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('.'));
    const json = fc.dictionary(name, fc.oneof(fc.integer(), fc.dictionary(name, fc.integer())));
    const written = fc.property(json, path, fc.integer(), (before, at, value) => {
      expect(readPath(withPath(before, at, value), at)).toBe(value);
    });
    fc.assert(written);
  });

  it('never reach a prototype', () => {
    withPath({}, '__proto__.polluted', true);
    withPath({}, 'constructor.prototype.polluted', true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
