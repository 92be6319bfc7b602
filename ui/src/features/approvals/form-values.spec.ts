import { expect, it } from 'vitest';
import { ApiError } from '../../api/client.js';
import type { ApprovalField } from './api/approvals.js';
import { faultsOf, filledValues, startValues } from './form-values.js';

const form: ApprovalField[] = [
  { name: 'sum', label: 'Sum', kind: 'number', default: 5 },
  { name: 'fast', label: 'Fast', kind: 'boolean' },
  { name: 'why', label: 'Why', kind: 'text' },
];

it('a form begins with what was filled in beforehand, and says no where it asks yes or no', () => {
  expect(startValues(form)).toEqual({ sum: 5, fast: false });
});

it('fields that were left empty are not sent, and nothing where there is no form', () => {
  expect(filledValues(form, { sum: 5, fast: false, why: '' })).toEqual({ sum: 5, fast: false });
  expect(filledValues([], {})).toBeNull();
});

it('what the server refuses is told at its field', () => {
  const problems = [{ field: 'sum', message: '"Sum" must be a number.' }];
  const error = new ApiError(422, 'approval.formInvalid', 'no', undefined, undefined, { problems });
  expect(faultsOf(error)).toEqual({ sum: '"Sum" must be a number.' });
  expect(faultsOf(new Error('no'))).toEqual({});
});
