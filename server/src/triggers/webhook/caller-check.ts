import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { WebhookRefused } from './webhook.errors.js';
import type { CallerRule } from './webhook-settings.js';

/** What the credential of a webhook holds. */
export type Secret = Readonly<Record<string, string>>;

/**
 * Checks who calls. A signature is made over the bytes as they came, before anything reads them.
 * @returns the name of the header that held the proof: the workflow does not get to see it
 * @throws WebhookRefused
 */
export function checkCaller(
  rule: CallerRule,
  secret: Secret,
  headers: IncomingHttpHeaders,
  body: Buffer,
): string | undefined {
  if (rule.kind === 'basic') return checkBasic(secret, headers);
  if (rule.kind === 'header') return checkHeader(secret, headers);
  if (rule.kind === 'hmac') return checkSignature(rule, secret, headers, body);
  return undefined;
}

function checkBasic(secret: Secret, headers: IncomingHttpHeaders): string {
  const given = /^basic\s+(\S+)\s*$/i.exec(headers.authorization ?? '')?.[1];
  const expected = `${secret['username'] ?? ''}:${secret['password'] ?? ''}`;
  if (given === undefined || !isSame(Buffer.from(given, 'base64').toString('utf8'), expected)) {
    throw new WebhookRefused(
      'This webhook asks for a user name and a password.',
      'Basic realm="webhook", charset="UTF-8"',
    );
  }
  return 'authorization';
}

function checkHeader(secret: Secret, headers: IncomingHttpHeaders): string {
  const name = (secret['name'] ?? '').trim().toLowerCase();
  const given = headers[name];
  const expected = secret['value'] ?? '';
  if (name === '' || expected === '' || typeof given !== 'string' || !isSame(given, expected)) {
    throw new WebhookRefused('This webhook asks for a secret header, which is missing or has another value.');
  }
  return name;
}

function checkSignature(
  rule: Extract<CallerRule, { kind: 'hmac' }>,
  secret: Secret,
  headers: IncomingHttpHeaders,
  body: Buffer,
): string {
  const given = headers[rule.header];
  // A credential made for this holds `secret`; one of the common kinds does as well.
  const key = secret['secret'] ?? secret['value'] ?? secret['token'] ?? '';
  if (key === '' || typeof given !== 'string') {
    throw new WebhookRefused(`This webhook asks for a signature in the header ${rule.header}.`);
  }
  const expected = createHmac(rule.algorithm, key).update(body).digest(rule.encoding);
  const shown = withoutPrefix(given.trim(), rule);
  if (!isSame(rule.encoding === 'hex' ? shown.toLowerCase() : shown, expected)) {
    throw new WebhookRefused('The signature does not belong to this body. Check the secret on both sides.');
  }
  return rule.header;
}

// GitHub writes `sha256=…`; people forget to say so.
function withoutPrefix(given: string, { prefix, algorithm }: { prefix: string; algorithm: string }): string {
  for (const known of [prefix, `${algorithm}=`]) {
    if (known !== '' && given.startsWith(known)) return given.slice(known.length).trim();
  }
  return prefix === '' ? given : '';
}

// Hashing both sides gives equal lengths, so that not even those can be measured.
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
