import type { Field } from '@wfaib/sdk/fields';
import { expect, it } from 'vitest';
import { aDescriptor, aNode } from '../../../testing/documents.js';
import { fieldChanges } from './field-changes.js';

it('shows each field before and after, in the words of the form', () => {
  const descriptor = aDescriptor('http.request', { fields: { url: { kind: 'text', label: 'URL' } } });
  const before = aNode('a', { parameters: { url: 'https://old', query: { a: 1 } } });
  const after = aNode('a', { name: 'Renamed', position: [8, 8], parameters: { url: 'https://new' } });
  expect(fieldChanges(before, after, descriptor)).toEqual([
    { label: 'Name', before: 'A', after: 'Renamed' },
    { label: 'URL', before: 'https://old', after: 'https://new' },
    { label: 'query', before: '{\n  "a": 1\n}', after: undefined },
  ]);
});

it('says conditions and choices in the words of the form, in rules too', () => {
  const conditions: Field = { kind: 'conditions', label: 'Conditions' };
  const mode: Field = { kind: 'select', label: 'Send to', choices: [{ value: 'all', label: 'Every rule' }] };
  const rules: Field = { kind: 'list', label: 'Rules', of: { port: { kind: 'text', label: 'Output' }, conditions } };
  const descriptor = aDescriptor('core.switch', { fields: { conditions, rules, mode } });
  const total = (op: string, right?: unknown) => ({ left: '={{ $json.total }}', op, right });
  const changed = (before: Record<string, unknown>, after: Record<string, unknown>) =>
    fieldChanges(aNode('a', { parameters: before }), aNode('a', { parameters: after }), descriptor)[0];
  expect(changed({ conditions: [total('gt', 100), total('exists')] }, { conditions: [total('lte', 100)] })).toEqual({
    label: 'Conditions',
    before: '={{ $json.total }} is more than 100\n={{ $json.total }} exists',
    after: '={{ $json.total }} is at most 100',
  });
  expect(changed({}, { rules: [{ port: 'big', conditions: [total('gt', 100)] }] })?.after).toBe(
    JSON.stringify([{ Output: 'big', Conditions: ['={{ $json.total }} is more than 100'] }], null, 2),
  );
  expect(changed({}, { mode: 'all' })?.after).toBe('Every rule');
  expect(changed({ conditions: [total('gt', 1)] }, { conditions: [total('gt', '1')] })?.after).toContain('"1"');
});
