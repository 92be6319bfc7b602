import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { PlainLog } from './plain-log.js';

it('keeps the newest line in sight while it follows', () => {
  const log = (follow: boolean, text: string) => <PlainLog text={text} follow={follow} onLeaveEnd={() => {}} />;
  const { rerender } = render(log(false, 'one'));
  const pre = screen.getByText('one');
  Object.defineProperty(pre, 'scrollHeight', { configurable: true, value: 4_000 });
  expect(pre.scrollTop).toBe(0);
  rerender(log(true, 'one'));
  expect(pre.scrollTop).toBe(4_000);
  Object.defineProperty(pre, 'scrollHeight', { configurable: true, value: 5_000 });
  rerender(log(true, 'one two'));
  expect(pre.scrollTop).toBe(5_000);
});
