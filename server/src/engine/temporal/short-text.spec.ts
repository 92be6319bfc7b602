import { expect, it } from 'vitest';
import { shortText } from './short-text.js';

it('leaves short names alone', () => {
  expect(shortText('Order received')).toBe('Order received');
});

it.each(['x', 'ü', '漢', '🚚', '"', '\n'])('fits %j repeated without end into 400 bytes of JSON', (letter) => {
  const short = shortText(letter.repeat(5_000));
  expect(Buffer.byteLength(JSON.stringify(short))).toBeLessThan(400);
  expect(short.startsWith(letter.repeat(10))).toBe(true);
  expect(short.endsWith('…')).toBe(true);
});
