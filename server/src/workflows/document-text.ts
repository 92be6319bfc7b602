import { createHash } from 'node:crypto';
import type { JsonObject } from '@wfaib/sdk/items';
import { isDeeperThan } from '../http/json-depth.service.js';
import { canonicalJson } from '../plan/canonical-json.js';
import { DocumentUnreadable } from './workflows.errors.js';

/**
 * The text under which a document is kept: what was sent, key order included.
 * @throws DocumentUnreadable where it is no JSON object, or nested beyond any use
 */
export function documentTextOf(raw: unknown): string {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw) || isDeeperThan(raw))
    throw new DocumentUnreadable();
  return JSON.stringify(raw);
}

export function parseDocumentText(text: string): JsonObject {
  return JSON.parse(text) as JsonObject;
}

/** Names the content of a document, key order aside. */
export function documentHash(text: string): string {
  return createHash('sha256')
    .update(canonicalJson(JSON.parse(text)))
    .digest('hex');
}

/** The name people see in lists, whatever state the draft is in. */
export function nameOf(raw: unknown): string {
  const name = (raw as JsonObject)['name'];
  // PostgreSQL text cannot hold NUL.
  const shown = typeof name === 'string' ? name.replaceAll('\0', '').trim().slice(0, 200) : '';
  return shown === '' ? 'Untitled workflow' : shown;
}
