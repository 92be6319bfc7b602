import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { KeyRing, newKeyText } from './key-ring.js';

describe('a key ring', () => {
  it.each(['', 'short', Buffer.alloc(32).toString('base64'), 'a'.repeat(64)])('refuses "%s"', (text) => {
    expect(() => new KeyRing(text)).toThrow(/is empty|at least 32|too simple/);
  });

  it('takes a long text', () => {
    expect(new KeyRing(randomBytes(24).toString('hex')).newest.key).toHaveLength(32);
  });

  it('has other keys, and other names for them, for each purpose', () => {
    const text = newKeyText();
    const [credentials, temporal] = [new KeyRing(text, 'credentials').newest, new KeyRing(text, 'temporal').newest];
    expect(temporal.key.equals(credentials.key)).toBe(false);
    expect(temporal.id).not.toBe(credentials.id);
  });
});
