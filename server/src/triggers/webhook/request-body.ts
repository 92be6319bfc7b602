import type { JsonValue } from '@wfaib/sdk/items';
import { isDeeperThan } from '../../http/json-depth.service.js';
import { BodyUnreadable } from './webhook.errors.js';

/** What a body came to: a value for `$json.body`, or bytes that are kept as a file. */
export type BodyReading = { kind: 'value'; value: JsonValue; text?: string } | { kind: 'bytes' };

/**
 * Reads the body of a webhook call by its content type: JSON, a form and text become a value, everything else is
 * bytes. Without a type it is JSON where it parses, else text, else bytes.
 * @throws BodyUnreadable where JSON was announced and something else came
 */
export function readBody(contentType: string | undefined, bytes: Buffer): BodyReading {
  if (bytes.length === 0) return { kind: 'value', value: {} };
  const type = mediaTypeOf(contentType);
  if (type === undefined) return guess(bytes);
  if (isJson(type)) return jsonBody(decode(bytes, charsetOf(contentType), true));
  if (type === 'application/x-www-form-urlencoded') {
    const text = decode(bytes, charsetOf(contentType), false);
    return { kind: 'value', value: formFields(text), text };
  }
  if (!isText(type)) return { kind: 'bytes' };
  const text = decode(bytes, charsetOf(contentType), false);
  return { kind: 'value', value: text, text };
}

/** The lower-case media type without its parameters. */
export function mediaTypeOf(contentType: string | undefined): string | undefined {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  return type === undefined || type === '' ? undefined : type;
}

/** The fields of a form or a query; a repeated one becomes a list. */
export function formFields(text: string): Record<string, string | string[]> {
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const known = fields.get(name);
    fields.set(name, known === undefined ? value : Array.isArray(known) ? [...known, value] : [known, value]);
  }
  fields.delete('__proto__');
  return Object.fromEntries(fields);
}

/** @throws BodyUnreadable where the text is no JSON, or JSON nested beyond any use */
export function parseJson(text: string): JsonValue {
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw new BodyUnreadable(`The body is not valid JSON: ${cause instanceof Error ? cause.message : 'unreadable'}.`);
  }
  if (isDeeperThan(value)) throw new BodyUnreadable('The JSON body is nested too deeply.');
  // A key of this name is harmless as it stands, but the next careless copy of it would change a prototype.
  if (/__proto__|\\u/.test(text)) dropPrototypeKeys(value);
  return value;
}

function jsonBody(text: string): BodyReading {
  return { kind: 'value', value: parseJson(text), text };
}

function guess(bytes: Buffer): BodyReading {
  let text: string;
  try {
    text = decode(bytes, undefined, true);
  } catch {
    return { kind: 'bytes' };
  }
  try {
    return jsonBody(text);
  } catch {
    return { kind: 'value', value: text, text };
  }
}

function isJson(type: string): boolean {
  return type === 'application/json' || type.endsWith('+json');
}

function isText(type: string): boolean {
  return type.startsWith('text/') || type.endsWith('+xml') || textTypes.has(type);
}

const textTypes = new Set([
  'application/xml',
  'application/javascript',
  'application/x-ndjson',
  'application/jsonl',
  'application/yaml',
  'application/x-yaml',
  'application/graphql',
  'application/sql',
]);

function charsetOf(contentType: string | undefined): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? '')?.[1];
}

function decode(bytes: Buffer, charset: string | undefined, fatal: boolean): string {
  const decoder = decoderOf(charset, fatal);
  try {
    return decoder.decode(bytes);
  } catch {
    throw new BodyUnreadable(`The body is not valid ${decoder.encoding} text.`);
  }
}

function decoderOf(charset: string | undefined, fatal: boolean) {
  try {
    return new TextDecoder(charset ?? 'utf-8', { fatal });
  } catch {
    return new TextDecoder('utf-8', { fatal });
  }
}

function dropPrototypeKeys(value: JsonValue): void {
  const open: JsonValue[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    if (!Array.isArray(next)) delete next['__proto__'];
    open.push(...Object.values(next));
  }
}
