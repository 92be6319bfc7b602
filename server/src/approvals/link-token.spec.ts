import { expect, it } from 'vitest';
import { isGenuine, linkToken, readLinkToken } from './link-token.js';

const claim = {
  waitId: '0190d0c4-7a51-7cc3-98a5-6f1d6a1f5d11',
  approver: 2,
  expiresAt: new Date('2030-01-31T09:00:00Z'),
};
const token = linkToken(claim, 'secret');

it('a link tells what it is for, and is genuine under the secret of its run', () => {
  const link = readLinkToken(token)!;
  expect(link).toMatchObject(claim);
  expect(isGenuine(link, 'secret')).toBe(true);
  expect(isGenuine(link, 'another')).toBe(false);
});

it.each([
  ['another person', token.replace('.2.', '.1.')],
  ['another approval', token.replace('0190d0c4', '0190d0c5')],
  ['another time', token.replace(/\.2\.\w/, (part) => `${part.slice(0, 3)}z`)],
])('a link that was changed for %s is not genuine', (_, changed) => {
  expect(isGenuine(readLinkToken(changed)!, 'secret')).toBe(false);
});

it.each(['', 'nonsense', `${token}x`, token.slice(1)])('"%s" is no link', (text) => {
  expect(readLinkToken(text)).toBeUndefined();
});
