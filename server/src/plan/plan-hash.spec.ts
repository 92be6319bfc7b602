import { describe, expect, it } from 'vitest';
import { aDocument } from '../interpreter/graph.test-support.js';
import { canonicalJson } from './canonical-json.js';
import { documentHash } from './plan-hash.js';

describe('canonicalJson', () => {
  it('does not care in which order keys were written, but in which order lists are', () => {
    expect(canonicalJson({ b: [2, { d: 1, c: null }], a: 'x' })).toBe('{"a":"x","b":[2,{"c":null,"d":1}]}');
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
  });

  it('keeps keys that mean something to JavaScript, and drops undefined members', () => {
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"z":1,"y":2}}'))).toBe('{"__proto__":{"y":2,"z":1},"b":1}');
    expect(canonicalJson({ a: undefined, 2: 1, 10: 0 })).toBe('{"2":1,"10":0}');
  });
});

describe('documentHash', () => {
  const graph = { nodes: { a: 'manual', b: 'noop' }, connections: ['a -> b'] };

  it('is the same for equal documents and another for any change', () => {
    expect(documentHash(aDocument(graph))).toMatch(/^[0-9a-f]{64}$/);
    expect(documentHash(aDocument(graph))).toBe(documentHash(aDocument(graph)));
    expect(documentHash(aDocument({ ...graph, connections: [] }))).not.toBe(documentHash(aDocument(graph)));
  });
});
