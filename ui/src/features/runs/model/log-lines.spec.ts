import { expect, it } from 'vitest';
import type { RunLogLine } from '../../../api/types.js';
import { fittingLines, lineText, namedLines } from './log-lines.js';

const line = (stepId: string, text: string, level: RunLogLine['level'] = 'log'): RunLogLine => ({
  stepId,
  nodeId: stepId,
  name: 'Count',
  iteration: [],
  level,
  text,
  at: '2026-01-31T10:00:00.000Z',
});

it('names each line after its visit and its place in it', () => {
  const lines = namedLines([line('a', '1'), line('a', '2'), line('b', '3')]);
  expect(lines.map(({ key }) => key)).toEqual(['a.1', 'a.2', 'b.1']);
});

it('finds lines by level and text, and keeps the one that is pointed at', () => {
  const lines = namedLines([line('a', 'Paid'), line('a', 'paid too', 'warn'), line('b', 'other')]);
  const keysOf = (question: { level: string; text: string; line?: string }) =>
    fittingLines(lines, question).map(({ key }) => key);
  expect(keysOf({ level: '', text: 'PAID' })).toEqual(['a.1', 'a.2']);
  expect(keysOf({ level: 'warn', text: '' })).toEqual(['a.2']);
  expect(keysOf({ level: 'warn', text: 'paid', line: 'b.1' })).toEqual(['a.2', 'b.1']);
});

it('writes a line with its time, level, step and round', () => {
  expect(lineText({ ...line('a', 'hi'), iteration: [1, 4] })).toBe('2026-01-31T10:00:00.000Z log Count #2.5: hi');
});
