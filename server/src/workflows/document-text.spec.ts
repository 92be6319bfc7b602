import { describe, expect, it } from 'vitest';
import { documentHash, documentTextOf, nameOf } from './document-text.js';

describe('document text', () => {
  it('keeps the order of keys and unknown fields as sent', () => {
    expect(documentTextOf({ name: 'b', extra: { z: 1, a: 2 }, wfaib: 1 })).toBe(
      '{"name":"b","extra":{"z":1,"a":2},"wfaib":1}',
    );
  });

  it('refuses what is no JSON object, and nesting without end', () => {
    let deep: unknown = {};
    for (let level = 0; level < 50_000; level++) deep = { deep };
    for (const raw of [null, undefined, 'x', 5, true, [], [{}], deep]) {
      expect(() => documentTextOf(raw)).toThrow(expect.objectContaining({ code: 'workflow.unreadable' }));
    }
  });

  it('gives the same hash to the same content in another order of keys', () => {
    expect(documentHash('{"a":1,"b":{"c":[1,2],"d":2}}')).toBe(documentHash('{"b":{"d":2,"c":[1,2]},"a":1}'));
    expect(documentHash('{"a":[1,2]}')).not.toBe(documentHash('{"a":[2,1]}'));
  });

  it('finds a name for any draft', () => {
    expect(nameOf({ name: ' Orders\0 ' })).toBe('Orders');
    expect(nameOf({ name: 7 })).toBe('Untitled workflow');
    expect(nameOf({})).toBe('Untitled workflow');
  });
});
