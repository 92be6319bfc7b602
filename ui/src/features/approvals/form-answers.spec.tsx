import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { ApprovalField } from './api/approvals.js';
import { FormAnswers } from './form-answers.js';

const form: ApprovalField[] = [
  { name: 'amount', label: 'Amount to pay', kind: 'number' },
  { name: 'urgent', label: 'Urgent', kind: 'boolean' },
  { name: 'note', label: 'Note', kind: 'text' },
];

afterEach(cleanup);

function shown(data: unknown): string[] {
  const { container } = render(<FormAnswers form={form} data={data} />);
  return [...container.querySelectorAll('dt, dd')].map(({ textContent }) => textContent ?? '');
}

it('lists what was filled in by the labels of the form', () => {
  expect(shown({ amount: 0, urgent: false, other: 'not asked' })).toEqual(['Amount to pay', '0', 'Urgent', 'no']);
});

it('shows nothing where nothing was filled in', () => {
  expect(shown(null)).toEqual([]);
});
