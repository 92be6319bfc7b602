import { shown } from '../documents/diff-text.js';
import type { Coverage } from './coverage.js';
import type { CaseResult } from './run-test-file.js';

/** What became of cases, to read. Cases that failed show their journal: it says where the run went another way. */
export function caseLines(cases: readonly CaseResult[], withJournal: boolean): string[] {
  return cases.flatMap(({ ok, name, durationMs, failures, problem, journal }) => [
    `  ${ok ? '✓' : '✕'} ${name} (${durationMs} ms)`,
    ...(problem ? [`      ${problem.message} [${problem.code}]`] : []),
    ...failures.flatMap(({ what, expected, actual }) => [
      `      ${what}`,
      `        expected: ${shown(expected)}`,
      `        actual:   ${shown(actual)}`,
    ]),
    ...(withJournal || !ok ? journal.map((line) => `      ${line}`) : []),
  ]);
}

export function coverageLines({ percent, nodes, branches }: Coverage, minCoverage: number | undefined): string[] {
  const least = minCoverage !== undefined && percent < minCoverage ? `, less than the ${minCoverage} % asked for` : '';
  const missing = [
    ...nodes.missing.map((name) => `"${name}"`),
    ...branches.missing.map(({ node, port }) => `"${node}" by ${port}`),
  ];
  return [
    `  coverage ${percent} %${least}: nodes ${nodes.covered}/${nodes.total}, branches ${branches.covered}/${branches.total}`,
    ...(missing.length === 0 ? [] : [`    never: ${missing.join(', ')}`]),
  ];
}
