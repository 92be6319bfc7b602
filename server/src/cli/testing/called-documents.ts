import { join } from 'node:path';
import { readDocument } from '../documents/document-file.js';
import { checkOffline } from './offline-documents.js';
import type { CalledSubject, Subject } from './run-test-file.js';
import type { TestFile } from './test-file.schema.js';
import { TestFileWrong } from './testing.errors.js';

/** Finds the documents that the steps of a tested document call: the ones the test names, and those that stand in a step. */
export function calledDocuments(called: TestFile['called'], folder: string): NonNullable<Subject['called']> {
  const known = new Map<string, CalledSubject>();
  const keep = (key: string, raw: unknown): CalledSubject => {
    const { document, describe, problems } = checkOffline(raw);
    if (document === undefined)
      throw new TestFileWrong(`The called workflow ${key} has errors: ${problems[0]?.message}`);
    const subject = { key, document, describe };
    known.set(key, subject);
    return subject;
  };
  return ({ workflowId, document }) => {
    const key = workflowId ?? (document as { name?: string } | undefined)?.name ?? '';
    const path = called[key]?.document;
    if (document) return known.get(key) ?? keep(key, document);
    return path === undefined ? undefined : (known.get(key) ?? keep(key, readDocument(join(folder, path))));
  };
}
