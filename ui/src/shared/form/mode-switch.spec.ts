import { expect, it } from 'vitest';
import { modeSwitch } from './mode-switch.js';

it('keeps the text of a text field in both directions', () => {
  const field = { kind: 'text', label: 'URL' } as const;
  expect(modeSwitch(field, 'https://x')).toBe('=https://x');
  expect(modeSwitch(field, '=https://x')).toBe('https://x');
});

it('keeps a number or a choice where the expression is one', () => {
  expect(modeSwitch({ kind: 'number', label: 'N' }, 5)).toBe('={{ 5 }}');
  expect(modeSwitch({ kind: 'number', label: 'N' }, '={{ 5 }}')).toBe(5);
  expect(modeSwitch({ kind: 'number', label: 'N' }, '={{ $json.n }}')).toBeUndefined();
  expect(modeSwitch({ kind: 'select', label: 'S', choices: [{ value: 'GET', label: 'GET' }] }, '=GET')).toBe('GET');
  expect(modeSwitch({ kind: 'select', label: 'S', choices: [] }, '=PUT')).toBeUndefined();
});
