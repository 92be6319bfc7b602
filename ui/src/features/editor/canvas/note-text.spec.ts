import { expect, it } from 'vitest';
import { blocksOf } from './note-text.js';

it('tells headings, lists and text apart', () => {
  expect(blocksOf('# Orders\nfirst\nsecond\n\n- a\n- b\nafter')).toEqual([
    { kind: 'heading', lines: ['Orders'] },
    { kind: 'text', lines: ['first', 'second'] },
    { kind: 'list', lines: ['a', 'b'] },
    { kind: 'text', lines: ['after'] },
  ]);
});
