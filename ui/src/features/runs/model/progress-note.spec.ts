import { expect, it } from 'vitest';
import { progressNote, progressOf } from './progress-note.js';

const told = { step: 's', attempt: 2, fraction: 0.409, text: 'uploading', since: 1_000, at: 9_000 };
const visit = { id: 's', status: 'running' as const, attempt: 2 };

it('says how far a step is, what it does and for how long', () => {
  expect(progressNote(told, 13_000)).toBe('40 % · uploading · for 12 s');
  expect(progressNote({ ...told, text: '' }, 0)).toMatch(/^40 % · for 0/);
});

it('counts for the attempt at work, while it works', () => {
  const byStep = new Map([['s', told]]);
  expect(progressOf(visit, byStep)).toBe(told);
  expect(progressOf({ ...visit, attempt: 3 }, byStep)).toBeUndefined();
  expect(progressOf({ ...visit, status: 'succeeded' }, byStep)).toBeUndefined();
  expect(progressOf(undefined, byStep)).toBeUndefined();
});
