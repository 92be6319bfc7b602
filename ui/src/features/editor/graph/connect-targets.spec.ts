import { expect, it } from 'vitest';
import { aCatalog, aDocument, aNode } from '../../../testing/documents.js';
import { connectTargets } from './connect-targets.js';

it('offers every way that is allowed and not taken', () => {
  const document = aDocument(
    [
      aNode('t', { type: 'core.manual' }),
      aNode('i', { type: 'core.if' }),
      aNode('m', { type: 'core.merge' }),
      aNode('s'),
    ],
    't>i',
    'i:true>s',
  );
  expect(connectTargets(document, aCatalog, 'i').map(({ label }) => label)).toEqual([
    'true → M, 1',
    'true → M, 2',
    'false → M, 1',
    'false → M, 2',
    'false → S',
  ]);
  expect(connectTargets(document, aCatalog, 's').map(({ label }) => label)).toEqual(['M, 1', 'M, 2']);
});
