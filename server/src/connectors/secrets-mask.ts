import type { ResolvedCredential } from './connector-call.types.js';

const hidden = '[hidden]';
/** Shorter texts occur by chance; hiding them would garble messages. */
const shortestSecret = 6;

/** Replaces the values of credentials in anything that leaves a connector as message: plain, base64 and URL-encoded. */
export function maskSecrets<Value>(value: Value, credentials: Record<string, ResolvedCredential>): Value {
  const secrets = Object.values(credentials)
    .flatMap((credential) => Object.values(credential.values))
    .filter((text) => text.length >= shortestSecret)
    .flatMap((text) => [text, Buffer.from(text).toString('base64'), encodeURIComponent(text)]);
  return secrets.length === 0 ? value : (masked(value, secrets) as Value);
}

function masked(value: unknown, secrets: string[]): unknown {
  if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, hidden), value);
  if (Array.isArray(value)) return value.map((element) => masked(element, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, masked(part, secrets)]));
}
