import { createHash, hkdfSync, randomBytes } from 'node:crypto';

/** A key of the ring. Its id says which key sealed something and tells nothing about the key. */
export interface RingKey {
  id: string;
  key: Buffer;
}

/** What keys are for. Each purpose has keys of its own: what is learnt about one says nothing about another. */
export type KeyPurpose = 'credentials' | 'temporal';

/**
 * The keys for one purpose: the first one seals, all of them open. Keys are given as 32 bytes in base64 or as a longer text;
 * several are separated by commas, newest first.
 */
export class KeyRing {
  private readonly keys: RingKey[];

  /** @throws Error for an empty or worthless key */
  constructor(material: string, purpose: KeyPurpose = 'credentials') {
    this.keys = secretsIn(material).map((secret) => ringKey(secret, purpose));
  }

  /** The key that seals. */
  get newest(): RingKey {
    return this.keys[0]!;
  }

  byId(id: string): RingKey | undefined {
    return this.keys.find((key) => key.id === id);
  }
}

/** A fresh key as it is written to a file. */
export function newKeyText(): string {
  return randomBytes(32).toString('base64');
}

/** The text as it is. @throws Error where it holds no key, or a worthless one */
export function requireKeys(material: string): string {
  secretsIn(material);
  return material;
}

function secretsIn(material: string): Buffer[] {
  const texts = material
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (texts.length === 0) throw new Error('is empty');
  return texts.map(secretOf);
}

function secretOf(text: string): Buffer {
  const decoded = Buffer.from(text, 'base64');
  const isKey = decoded.length === 32 && decoded.toString('base64') === text;
  const secret = isKey ? decoded : Buffer.from(text, 'utf8');
  if (secret.length < 32) throw new Error('must hold at least 32 bytes');
  if (new Set(secret).size < 8) throw new Error('is too simple to be a key');
  return secret;
}

function ringKey(secret: Buffer, purpose: KeyPurpose): RingKey {
  const key = Buffer.from(hkdfSync('sha256', secret, 'wfaib', `wfaib:${purpose}:v1`, 32));
  return { id: createHash('sha256').update('wfaib:key-id').update(key).digest('hex').slice(0, 12), key };
}
