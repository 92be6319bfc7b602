import { documentVersion } from '@wfaib/sdk/workflow-document';

type RawDocument = Record<string, unknown>;

/** Lifts a document from the version of its key to the next one. Version 1 is the first, so there is none yet. */
const upcasters: ReadonlyMap<number, (document: RawDocument) => RawDocument> = new Map();

/** Lifts an older document to the newest version; anything else comes back as it is, for the validator to judge. */
export function upcastDocument(raw: unknown, steps = upcasters): unknown {
  let current = raw;
  for (let version = versionOf(current); version < documentVersion; version = versionOf(current)) {
    const lift = steps.get(version);
    if (lift === undefined) return current;
    current = { ...lift(current as RawDocument), wfaib: version + 1 };
  }
  return current;
}

function versionOf(raw: unknown): number {
  const version = typeof raw === 'object' && raw !== null ? (raw as RawDocument)['wfaib'] : undefined;
  return typeof version === 'number' ? version : Number.POSITIVE_INFINITY;
}
