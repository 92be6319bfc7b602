import { expect, it } from 'vitest';
import { aDescriptor, aNode } from '../../../testing/documents.js';
import { fieldChanges } from './field-changes.js';

it('shows each field before and after, in the words of the form', () => {
  const descriptor = aDescriptor('http.request', { fields: { url: { kind: 'text', label: 'URL' } } });
  const before = aNode('a', { parameters: { url: 'https://old', query: { a: 1 } } });
  const after = aNode('a', { name: 'Renamed', position: [8, 8], parameters: { url: 'https://new' } });
  expect(fieldChanges(before, after, descriptor)).toEqual([
    { label: 'Name', before: 'A', after: 'Renamed' },
    { label: 'URL', before: 'https://old', after: 'https://new' },
    { label: 'query', before: '{\n  "a": 1\n}', after: undefined },
  ]);
});
