import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import { expect, it } from 'vitest';
import { summaryOf } from './summary.js';

const describe = (fields: NodeDescriptor['fields'], summary?: string) =>
  ({ type: 't', label: 'Kind', fields, summary }) as unknown as NodeDescriptor;
const step = (parameters: Record<string, unknown>, name = 'Step') => ({ name, type: 't', parameters });
const language: NodeDescriptor['fields'] = {
  language: {
    kind: 'select',
    label: 'Language',
    default: 'javascript',
    choices: [
      { value: 'javascript', label: 'JavaScript' },
      { value: 'typescript', label: 'TypeScript' },
    ],
  },
};
const conditions: NodeDescriptor['fields'] = { conditions: { kind: 'conditions', label: 'Conditions' } };

it('says a choice by its label', () => {
  expect(summaryOf(step({ language: 'typescript' }), describe(language, '{{language}}'))).toBe('TypeScript');
  expect(summaryOf(step({}), describe(language, '{{language}}'))).toBe('JavaScript');
});

it('says conditions in words', () => {
  const total = { left: '={{ $json.total }}', op: 'gt', right: '100' };
  expect(summaryOf(step({ conditions: [total] }), describe(conditions, '{{condition}}'))).toBe(
    'total is more than 100',
  );
  expect(summaryOf(step({ conditions: [total, total] }), describe(conditions))).toBe(
    'total is more than 100, and 1 more',
  );
  expect(summaryOf(step({ conditions: [{ left: '={{ $json.id }}', op: 'exists' }] }), describe(conditions))).toBe(
    'id exists',
  );
});

it('names the ways out of rules, and the fields that are set', () => {
  const rules = describe({ rules: { kind: 'list', label: 'Rules', of: { port: { kind: 'text', label: 'Output' } } } });
  expect(summaryOf(step({ rules: [{ port: 'issue' }, { port: 'pull' }, { port: 'issue' }] }), rules)).toBe(
    'issue · pull',
  );
  const fields = describe({ fields: { kind: 'keyvalue', label: 'Fields' } });
  expect(summaryOf(step({ fields: { total: 1, name: 'x' } }), fields)).toBe('total, name');
});

it('falls back to the name of the type, where the step has another name', () => {
  expect(summaryOf(step({}), describe({}))).toBe('Kind');
  expect(summaryOf(step({}, 'Kind'), describe({}))).toBe('');
});

it('says the times of a schedule in words', () => {
  const schedule = { name: 'Each morning', type: 'core.schedule', parameters: { cron: ['0 9 * * MON-FRI'] } };
  const described = describe({ cron: { kind: 'values', of: 'text', label: 'Times' } }, '{{cron}}{{every}}');
  expect(summaryOf(schedule, described)).toBe('Monday – Friday at 09:00');
  expect(summaryOf({ ...schedule, parameters: { every: '15m' } }, described)).toBe('Every 15m');
  expect(summaryOf({ ...schedule, parameters: {} }, described)).toBe('Kind');
});
