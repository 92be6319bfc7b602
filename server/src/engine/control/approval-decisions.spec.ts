import { expect, it } from 'vitest';
import type { ApprovalRequest } from '../../interpreter/approvals.js';
import { anybody, mayDecide } from './approval-decisions.service.js';

const request = (approvers: string[]): ApprovalRequest => ({
  title: 'Pay?',
  message: '',
  approvers,
  required: 1,
  form: [],
  onTimeout: 'timeout',
});
const asked = request(['ana@example.test', '0190d0c4-7a51-7cc3-98a5-6f1d6a1f5d11']);
const nobody = request([]);
const viewer = { name: 'ben@example.test', mayControl: false };

it.each([
  ['who is asked by address', asked, { name: 'ana@example.test', mayControl: false }, true],
  ['who is asked by the id of a user', asked, { ...viewer, alsoKnownAs: [asked.approvers[1]!] }, true],
  ['who may control runs, though others are asked', asked, { ...viewer, mayControl: true }, true],
  ['who may only look', asked, viewer, false],
  ['who may only look, where nobody is asked', nobody, viewer, false],
  ['whoever has the link, where nobody is asked', nobody, anybody, true],
  ['whoever has the link, where others are asked', asked, anybody, false],
])('%s', (_, question, who, may) => {
  expect(mayDecide(question, who)).toBe(may);
});
