import { describe, expect, it } from 'vitest';
import { KeyRing, newKeyText } from '../encryption/key-ring.js';
import { keyIdOf, open, reseal, seal } from './sealed-box.js';

const first = newKeyText();
const second = newKeyText();
const ring = new KeyRing(first);
const place = 'credential:c1:p1:v1';
const unreadable = expect.objectContaining({ code: 'credential.unreadable' });

function changed(sealed: string, part: number, change: (bytes: Buffer) => Buffer): string {
  const parts = sealed.split('.');
  parts[part] = change(Buffer.from(parts[part]!, 'base64url')).toString('base64url');
  return parts.join('.');
}

describe('a sealed text', () => {
  it('opens with its key and place', () => {
    expect(open(ring, place, seal(ring, place, 'hällo'))).toBe('hällo');
  });

  it('looks different each time and does not show the text', () => {
    const [one, other] = [seal(ring, place, 'secret'), seal(ring, place, 'secret')];
    expect(one).not.toBe(other);
    expect(Buffer.from(one.split('.')[3]!, 'base64url').toString('latin1')).not.toContain('secret');
  });

  it('does not open in another row or with another key', () => {
    const sealed = seal(ring, place, 'secret');
    expect(() => open(ring, 'credential:c2:p1:v1', sealed)).toThrow(unreadable);
    expect(() => open(new KeyRing(second), place, sealed)).toThrow(unreadable);
  });

  it.each([2, 3])('does not open when a bit of part %i was changed', (part) => {
    const sealed = changed(seal(ring, place, 'secret'), part, (bytes) => {
      bytes[bytes.length - 1]! ^= 1;
      return bytes;
    });
    expect(() => open(ring, place, sealed)).toThrow(unreadable);
  });

  it('does not open with a shortened authentication tag', () => {
    const sealed = changed(seal(ring, place, ''), 3, (bytes) => bytes.subarray(0, 12 + 4));
    expect(() => open(ring, place, sealed)).toThrow(unreadable);
  });

  it.each(['', 'v1', 'v2.a.b.c', 'v1.x.y.z', 'v1.a.b.c.d'])('is not "%s"', (text) => {
    expect(() => open(ring, place, text)).toThrow(unreadable);
  });

  it('moves to a new key without being opened', () => {
    const sealed = seal(ring, place, 'secret');
    const rotated = new KeyRing(`${second},${first}`);
    const moved = reseal(rotated, place, sealed);
    expect(keyIdOf(moved)).toBe(rotated.newest.id);
    expect(open(new KeyRing(second), place, moved)).toBe('secret');
    expect(open(rotated, place, sealed)).toBe('secret');
  });
});
