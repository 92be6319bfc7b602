import type { Pattern, PatternMatch } from '../pattern.js';
import { toText } from '../values.js';
import { memberTable } from '../views.js';

export const regexMembers = memberTable<Pattern>(
  [
    [
      'test',
      '(text)',
      'Whether the pattern is found in the text.',
      (p, [text], run) => p.test(toText(text, run.budget), run.budget),
    ],
    [
      'exec',
      '(text)',
      'The first match as a list: whole match first, then its groups; null without a match.',
      (p, [text], run) => {
        const match = p.first(toText(text, run.budget), run.budget);
        return match === undefined ? null : match.groups;
      },
    ],
    ['toString', '()', 'The pattern as text.', (p) => p.toString()],
  ],
  [
    ['source', 'The pattern without slashes and flags.', (p) => p.source],
    ['flags', 'The flags, for example "gi".', (p) => p.flags],
    ['global', 'Whether all matches are meant.', (p) => p.isGlobal],
  ],
);

/** The named groups of a match as an object; undefined when the pattern names none. */
export function namedGroups(pattern: Pattern, match: PatternMatch): Record<string, unknown> | undefined {
  if (pattern.groupNames.length === 0) return undefined;
  return Object.fromEntries(pattern.groupNames.map(([name, index]) => [name, match.groups[index]]));
}
