import type { StepError } from '@wfaib/sdk/errors';
import type { ResolvedCredential } from './connector-call.types.js';

const hidden = '[hidden]';
/** Shorter texts occur by chance; hiding them would garble messages. */
const shortestSecret = 6;

type Credentials = Record<string, ResolvedCredential>;

/** Replaces the secrets of credentials in anything a connector says: plain, base64 and URL-encoded. */
export function maskSecrets<Value>(value: Value, credentials: Credentials): Value {
  const secrets = Object.values(credentials).flatMap(secretsOf);
  return secrets.length === 0 ? value : (masked(value, secrets) as Value);
}

/** An error without secrets; its code is a name and stays. */
export function maskError(error: StepError, credentials: Credentials): StepError {
  return { ...maskSecrets(error, credentials), code: error.code };
}

function secretsOf({ kind, values, secrets }: ResolvedCredential): string[] {
  const names = secrets ?? Object.keys(values);
  const plain = names.map((name) => values[name] ?? '').filter((text) => text.length >= shortestSecret);
  const pair = kind === 'basic' ? [Buffer.from(`${values['username']}:${values['password']}`).toString('base64')] : [];
  const encoded = plain.flatMap((text) => [text, Buffer.from(text).toString('base64'), encodeURIComponent(text)]);
  return [...pair, ...encoded];
}

function masked(value: unknown, secrets: string[]): unknown {
  if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, hidden), value);
  if (Array.isArray(value)) return value.map((element) => masked(element, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, masked(part, secrets)]));
}
