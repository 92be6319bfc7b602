import type { JsonObject } from '@wfaib/sdk/items';
import { canonicalJson } from '../plan/canonical-json.js';

/** Who changed a part of a draft last, and when. */
export interface Authorship {
  userId: string;
  /** ISO time. */
  at: string;
}

/** Parts of a draft that changed since it was last published: `node:<id>`, `connections`, `settings`, `name`. */
export type DraftAuthors = Record<string, Authorship>;

/** Notes who changed what from one state of a draft to the next. Moving a step and pinning its data change nothing. */
export function authorsAfter(
  authors: DraftAuthors,
  before: JsonObject,
  after: JsonObject,
  author: Authorship,
): DraftAuthors {
  const changed: DraftAuthors = {};
  for (const part of changedParts(before, after)) changed[part] = author;
  return { ...authors, ...changed };
}

function changedParts(before: JsonObject, after: JsonObject): string[] {
  const [old, fresh] = [partsOf(before), partsOf(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])].filter((part) => old.get(part) !== fresh.get(part));
}

/** The text of each part, key order aside. */
function partsOf(document: JsonObject): Map<string, string> {
  const { nodes, connections, settings, name } = document;
  const parts = new Map<string, string>();
  for (const node of Array.isArray(nodes) ? (nodes as JsonObject[]) : []) {
    const { position: _position, pinned: _pinned, ...rest } = node;
    if (typeof node['id'] === 'string') parts.set(`node:${node['id']}`, canonicalJson(rest));
  }
  parts.set('connections', canonicalJson(connections ?? []));
  parts.set('settings', canonicalJson(settings ?? {}));
  parts.set('name', canonicalJson(name ?? ''));
  return parts;
}
