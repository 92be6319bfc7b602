import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { publishedFigures, type Workload } from './published-figures.js';

const rows = readFileSync(new URL('../../../../docs/performance.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const numberOf = (cell: string | undefined): number => Number(cell?.replaceAll(',', ''));

/** The same figures as people read them. */
function inDocs(workload: Workload, callers: number): { perSecond: number; p50: number } {
  if (workload === 'code') {
    const [, , p50, perSecond] = rows.find((row) =>
      new RegExp(`^Code that makes .*, ${callers} caller`).test(row[1]!),
    )!;
    return { perSecond: numberOf(perSecond), p50: numberOf(p50) };
  }
  const durability = `\`${workload.replace('reply, ', '')}\``;
  const [, , , perSecond, p50] = rows.find((row) => row[1] === durability && row[2] === `${callers}`)!;
  return { perSecond: numberOf(perSecond), p50: numberOf(p50) };
}

const published = Object.entries(publishedFigures).flatMap(([workload, byCallers]) =>
  Object.entries(byCallers).map(([callers, figure]) => [workload as Workload, Number(callers), figure] as const),
);

it.each(published)('compares %s with %i callers with what docs/performance.md says', (workload, callers, figure) => {
  expect(figure).toEqual(inDocs(workload, callers));
});
