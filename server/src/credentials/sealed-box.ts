import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyRing } from '../encryption/encryption.types.js';
import { CredentialUnreadable } from './credentials.errors.js';

const cipher = 'aes-256-gcm';
const ivBytes = 12;
// Node accepts tags of 4 bytes on decryption unless the length is fixed (DEP0182).
const tagBytes = 16;
const options = { authTagLength: tagBytes };

/**
 * Envelope encryption: a fresh data key seals the text, the ring's newest key seals the data key. Written as
 * `v1.<key id>.<sealed data key>.<sealed text>`, the parts base64url of iv, tag and ciphertext. Changing the ring's key means
 * sealing the data key again, not the text.
 * @param place what the text belongs to; a sealed text that was moved to another row does not open
 */
export function seal(ring: KeyRing, place: string, text: string): string {
  const dataKey = randomBytes(32);
  const { id, key } = ring.newest;
  return ['v1', id, lock(key, `key:${place}`, dataKey), lock(dataKey, `text:${place}`, Buffer.from(text, 'utf8'))].join(
    '.',
  );
}

/** @throws CredentialUnreadable when the key is not in the ring, or anything was changed */
export function open(ring: KeyRing, place: string, sealed: string): string {
  const [version, keyId, sealedKey, sealedText, ...rest] = sealed.split('.');
  const wrapping = version === 'v1' && rest.length === 0 ? ring.byId(keyId ?? '') : undefined;
  if (!wrapping || sealedKey === undefined || sealedText === undefined) throw new CredentialUnreadable();
  try {
    const dataKey = unlock(wrapping.key, `key:${place}`, sealedKey);
    return unlock(dataKey, `text:${place}`, sealedText).toString('utf8');
  } catch {
    throw new CredentialUnreadable();
  }
}

/** Id of the key that sealed a text. */
export function keyIdOf(sealed: string): string {
  return sealed.split('.')[1] ?? '';
}

/** The same text under the ring's newest key; the text itself stays sealed. @throws CredentialUnreadable */
export function reseal(ring: KeyRing, place: string, sealed: string): string {
  const [version, keyId, sealedKey, sealedText] = sealed.split('.') as [string, string, string, string];
  const wrapping = ring.byId(keyId);
  if (!wrapping) throw new CredentialUnreadable();
  try {
    const dataKey = unlock(wrapping.key, `key:${place}`, sealedKey);
    return [version, ring.newest.id, lock(ring.newest.key, `key:${place}`, dataKey), sealedText].join('.');
  } catch {
    throw new CredentialUnreadable();
  }
}

function lock(key: Buffer, place: string, content: Buffer): string {
  const iv = randomBytes(ivBytes);
  const box = createCipheriv(cipher, key, iv, options).setAAD(Buffer.from(place));
  const text = Buffer.concat([box.update(content), box.final()]);
  return Buffer.concat([iv, box.getAuthTag(), text]).toString('base64url');
}

function unlock(key: Buffer, place: string, locked: string): Buffer {
  const bytes = Buffer.from(locked, 'base64url');
  const box = createDecipheriv(cipher, key, bytes.subarray(0, ivBytes), options).setAAD(Buffer.from(place));
  box.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([box.update(bytes.subarray(ivBytes + tagBytes)), box.final()]);
}
