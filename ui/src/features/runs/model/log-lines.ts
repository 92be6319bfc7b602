import type { RunLogLine } from '../../../api/types.js';
import { iterationText } from './selection.js';

/** A line with the name that addresses have for it: its visit, and its place among the lines of that visit, from 1. */
export interface NamedLine extends RunLogLine {
  key: string;
}

export function namedLines(lines: readonly RunLogLine[]): NamedLine[] {
  const counts = new Map<string, number>();
  return lines.map((line) => {
    const place = (counts.get(line.stepId) ?? 0) + 1;
    counts.set(line.stepId, place);
    return { ...line, key: `${line.stepId}.${place}` };
  });
}

/** Those of a level that hold a text; `''` is any. The line that is pointed at always stays. */
export function fittingLines(
  lines: readonly NamedLine[],
  { level, text, line }: { level: string; text: string; line?: string | undefined },
): NamedLine[] {
  const needle = text.toLowerCase();
  return lines.filter(
    (one) => one.key === line || ((level === '' || one.level === level) && one.text.toLowerCase().includes(needle)),
  );
}

/** As it stands in a file. */
export function lineText({ at, level, name, iteration, text }: RunLogLine): string {
  const round = iteration.length > 0 ? ` #${iterationText(iteration)}` : '';
  return `${at ?? ''} ${level} ${name}${round}: ${text}`;
}
