import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';

/** A fresh secret, as receivers keep it. */
export const newSecret = (): string => prefix + randomBytes(32).toString('base64');

/**
 * The headers that tell who sent a body, when, and that nobody changed it. Id and time are signed with it.
 * @param at milliseconds since 1970
 * @see Standard Webhooks: https://www.standardwebhooks.com
 */
export function signatureHeaders(secret: string, id: string, body: string, at: number): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000));
  const key = Buffer.from(secret.slice(prefix.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
