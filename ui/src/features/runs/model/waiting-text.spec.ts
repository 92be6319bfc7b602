import { expect, it } from 'vitest';
import { waitingText } from './waiting-text.js';

it('names the person, call or turn that is waited for, and how much more there is', () => {
  expect(waitingText({ kind: 'approval', step: 'Boss', count: 1 }, 0)).toBe('a decision at “Boss”');
  expect(waitingText({ kind: 'webhook', step: 'Paid', count: 3 }, 0)).toBe('a call at “Paid”, and 2 more');
  expect(waitingText({ kind: 'turn', count: 1 }, 0)).toBe('its turn');
});

it('counts down to a time', () => {
  const now = Date.parse('2026-01-31T10:00:00Z');
  expect(waitingText({ kind: 'timer', step: 'Wait', until: '2026-01-31T12:00:00Z', count: 1 }, now)).toMatch(
    /\(in 2 h 00 m\)/,
  );
});
