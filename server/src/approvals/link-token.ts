import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a link is for: one approval, one of those who are asked, and no longer than until then. */
export interface LinkClaim {
  waitId: string;
  /** Place among the approvers. */
  approver: number;
  expiresAt: Date;
}

export interface SignedLink extends LinkClaim {
  signature: string;
}

const shape = /^([0-9a-f-]{36})\.(\d{1,3})\.([0-9a-z]{1,9})\.([\w-]{43})$/;

/**
 * The text of a link, signed with the secret of its run (HMAC-SHA-256): it can be neither guessed nor changed into one for
 * another person, approval or time.
 */
export function linkToken(claim: LinkClaim, secret: string): string {
  return `${claimText(claim)}.${signatureOf(claim, secret)}`;
}

/** @returns undefined where it is none; whether it is genuine is for {@link isGenuine} to say */
export function readLinkToken(token: string): SignedLink | undefined {
  const [, waitId, approver, seconds, signature] = shape.exec(token) ?? [];
  if (waitId === undefined) return undefined;
  const expiresAt = new Date(Number.parseInt(seconds!, 36) * 1_000);
  return { waitId, approver: Number(approver), expiresAt, signature: signature! };
}

export function isGenuine(link: SignedLink, secret: string): boolean {
  return timingSafeEqual(Buffer.from(link.signature), Buffer.from(signatureOf(link, secret)));
}

function claimText({ waitId, approver, expiresAt }: LinkClaim): string {
  return `${waitId}.${approver}.${Math.floor(expiresAt.getTime() / 1_000).toString(36)}`;
}

function signatureOf(claim: LinkClaim, secret: string): string {
  return createHmac('sha256', secret)
    .update(`approval:${claimText(claim)}`)
    .digest('base64url');
}
