import { describe, expect, it } from 'vitest';
import { upcastDocument } from './upcast-document.js';

describe('upcastDocument', () => {
  it('leaves a document of the newest version alone', () => {
    const document = { wfaib: 1, name: 'a' };
    expect(upcastDocument(document)).toBe(document);
  });

  it('lifts an older document step by step', () => {
    const steps = new Map([[0, (document: Record<string, unknown>) => ({ ...document, name: document['title'] })]]);
    expect(upcastDocument({ wfaib: 0, title: 'a' }, steps)).toMatchObject({ wfaib: 1, name: 'a' });
  });

  it('leaves what it cannot lift to the validator', () => {
    for (const raw of [null, 5, [], {}, { wfaib: '1' }, { wfaib: -3 }, { wfaib: 99 }])
      expect(upcastDocument(raw)).toBe(raw);
  });
});
