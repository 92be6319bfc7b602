import { createHash, randomBytes } from 'node:crypto';

/** A new secret with 256 random bits, safe in addresses and headers. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a secret. Enough for secrets with 256 random bits; passwords go through `passwords.ts`. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
