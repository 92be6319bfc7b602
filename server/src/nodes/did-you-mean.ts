import { say, type Sentence } from '@wfaib/sdk/sentence';

/** A sentence to put behind another one, or nothing. */
export type Hint = (name: string) => Sentence | '';

/** A sentence that offers the closest of the known names, or an empty text when none is close. */
export function didYouMean(name: string, known: Iterable<string>): Sentence | '' {
  const closest = closestName(name, known);
  return closest === undefined ? '' : say` Did you mean "${{ closest }}"?`;
}

/** {@link didYouMean} that gives up after some answers: comparing names in a large broken document would take long. */
export function limitedHints(known: Iterable<string>, most = 50): Hint {
  const names = [...known].slice(0, 1_000);
  let given = 0;
  return (name) => (given++ < most ? didYouMean(name, names) : '');
}

const longestName = 60;

/** The known name with the fewest letters different, at most a third of them. */
export function closestName(name: string, known: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let fewest = Math.ceil(wanted.length / 3) + 1;
  if (wanted.length > longestName) return undefined;
  for (const each of known) {
    if (Math.abs(each.length - wanted.length) >= fewest) continue;
    const edits = editDistance(wanted, each.toLowerCase());
    if (edits >= fewest) continue;
    best = each;
    fewest = edits;
  }
  return best;
}

/** Levenshtein distance: letters to insert, delete or replace. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let line = 1; line <= a.length; line++) {
    const next = [line];
    for (let column = 1; column <= b.length; column++) {
      const replaced = row[column - 1]! + (a[line - 1] === b[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[column]! + 1, next[column - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
