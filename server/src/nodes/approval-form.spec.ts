import { describe, expect, it } from 'vitest';
import { formFaults } from './approval-form.js';

const form = [
  { name: 'sum', label: 'Sum', kind: 'number', required: true },
  { name: 'way', label: 'Way', kind: 'select', choices: ['cash', 'card'] },
] as const;
const faults = (data: Parameters<typeof formFaults>[1], isApproval = true) =>
  formFaults(form as never, data, isApproval).map(({ field }) => field);

describe('the answer to a form', () => {
  it('fits', () => expect(faults({ sum: 5, way: 'card' })).toEqual([]));
  it('lacks what is needed to approve', () => expect(faults(null)).toEqual(['sum']));
  it('needs nothing to reject', () => expect(faults(null, false)).toEqual([]));
  it('has a value of another kind', () => expect(faults({ sum: 'much', way: 'gold' })).toEqual(['sum', 'way']));
  it('has a field that the form has not', () => expect(faults({ sum: 1, more: 2 })).toEqual(['more']));
  it('is no object', () => expect(faults([1])).toEqual(['']));
});

it('without a form anything may be said', () => expect(formFaults([], ['whatever'], true)).toEqual([]));
