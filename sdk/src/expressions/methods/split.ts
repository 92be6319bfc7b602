import type { Evaluation } from '../evaluation.js';
import { Pattern } from '../pattern.js';
import { toText } from '../values.js';
import { integerOf } from './arguments.js';

/** `text.split(separator, limit)`. */
export function splitText(text: string, separator: unknown, limit: unknown, run: Evaluation): unknown[] {
  run.budget.work(text.length);
  const most = integerOf(limit, run, run.budget.limits.elements + 1);
  const parts =
    separator === undefined
      ? [text]
      : separator instanceof Pattern
        ? splitByPattern(text, separator, most, run)
        : splitByText(text, toText(separator, run.budget), most, run);
  run.budget.elements(parts.length);
  return parts;
}

function splitByText(text: string, separator: string, most: number, run: Evaluation): string[] {
  if (separator === '') run.budget.elements(Math.min(text.length, most));
  return text.split(separator, Math.min(most, run.budget.limits.elements + 1));
}

function splitByPattern(text: string, pattern: Pattern, most: number, run: Evaluation): unknown[] {
  if (most <= 0) return [];
  if (text === '') return pattern.test('', run.budget) ? [] : [''];
  const parts: unknown[] = [];
  let end = 0;
  for (const match of pattern.all(text, run.budget)) {
    const isEmptyAtEdge = match.end === match.start && (match.start === end || match.start >= text.length);
    if (isEmptyAtEdge && !(match.start > end && match.start < text.length)) continue;
    parts.push(text.slice(end, match.start), ...match.groups.slice(1));
    end = match.end;
    if (parts.length >= most) return parts.slice(0, most);
    run.budget.elements(1);
  }
  parts.push(text.slice(end));
  return parts.slice(0, most);
}
