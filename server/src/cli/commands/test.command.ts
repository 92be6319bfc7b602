import { globSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CommandFailed, UsageWrong } from '../cli.errors.js';
import type { Command, CommandCall } from '../command.types.js';
import type { Output } from '../output.js';
import { readDocument, readJson } from '../documents/document-file.js';
import type { CodeRunner } from '../testing/code-runner.js';
import type { Coverage } from '../testing/coverage.js';
import type { TestResult } from '../testing/run-test-file.js';
import { caseLines, coverageLines } from '../testing/test-report.js';
import { problemLines } from './problem-lines.js';

export const test: Command = {
  name: 'test',
  usage: '[file or folder]...',
  summary: 'Plays the tests of workflow documents (*.test.json) in this process: no server, no waiting.',
  options: { 'min-coverage': { type: 'string' }, journal: { type: 'boolean' }, name: { type: 'string' } },
  help: {
    'min-coverage': 'least share of nodes and branches the cases of a file go through, in per cent',
    journal: 'show the events of each case, with virtual times',
    name: 'only cases whose name holds this',
  },
  names: [0, 1_000],
  async run(call) {
    const files = testFilesIn(call.names.length === 0 ? ['.'] : call.names);
    if (files.length === 0) throw new UsageWrong('There is no *.test.json here.');
    const least = leastCoverage(call.text('min-coverage'));
    const { CodeRunner } = await import('../testing/code-runner.js');
    const code = new CodeRunner();
    try {
      const results: FileResult[] = [];
      for (const file of files) results.push(await runFile(call, file, code, least));
      call.output.json({ ok: results.every(({ ok }) => ok), files: results });
      summary(call.output, results);
      return results.every(({ ok }) => ok) ? 0 : 1;
    } finally {
      await code.close();
    }
  },
};

interface FileResult {
  file: string;
  ok: boolean;
  cases: TestResult['cases'];
  coverage?: Coverage;
  minCoverage?: number;
  durationMs: number;
  problems?: string[];
}

async function runFile(
  call: CommandCall,
  file: string,
  code: CodeRunner,
  least: number | undefined,
): Promise<FileResult> {
  const [{ checkOffline }, { runTestFile }, { readTestFile }, { calledDocuments }] = await Promise.all([
    import('../testing/offline-documents.js'),
    import('../testing/run-test-file.js'),
    import('../testing/read-test-file.js'),
    import('../testing/called-documents.js'),
  ]);
  const { output } = call;
  const from = performance.now();
  const test = readTestFile(readJson(file), file);
  const path = join(dirname(file), test.document ?? basename(file).replace(/\.test\.json$/, '.json'));
  const { document, problems, describe } = checkOffline(readDocument(path));
  output.line(file);
  if (document === undefined) {
    const lines = problemLines(problems);
    output.lines(lines.map((line) => `  ${line}`));
    return { file, ok: false, cases: [], durationMs: performance.now() - from, problems: lines };
  }
  if (document.nodes.some(({ type }) => type === 'core.code')) code.warmUp();
  const wanted = call.text('name');
  const cases = test.cases.filter(({ name }) => wanted === undefined || name.includes(wanted));
  const result = await runTestFile(
    { ...test, cases },
    { document, describe, runCode: code.run, called: calledDocuments(test.called, dirname(file)) },
  );
  const minCoverage = wanted === undefined ? (least ?? test.minCoverage) : undefined;
  output.lines(caseLines(result.cases, call.isSet('journal')));
  output.lines(coverageLines(result.coverage, minCoverage));
  const isCovered = result.coverage.percent >= (minCoverage ?? 0);
  const durationMs = Math.round(performance.now() - from);
  return {
    file,
    ...result,
    ok: result.ok && isCovered,
    ...(minCoverage === undefined ? {} : { minCoverage }),
    durationMs,
  };
}

function summary(output: Output, results: FileResult[]): void {
  const cases = results.flatMap((result) => result.cases);
  const failed = cases.filter(({ ok }) => !ok).length;
  const took = results.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const files = `${results.length} ${results.length === 1 ? 'file' : 'files'}`;
  output.line(`${cases.length - failed} of ${cases.length} cases passed in ${files}, ${Math.round(took)} ms`);
}

/** The file of a test may be given, its document, or a folder. */
function testFilesIn(names: readonly string[]): string[] {
  const files = names.flatMap((name) => {
    if (isFolder(name)) {
      const exclude = (path: string) => /(^|[/\\])(node_modules|dist|\.git|\.wfaib)$/.test(path);
      return globSync('**/*.test.json', { cwd: name, exclude }).map((found) => join(name, found));
    }
    return [name.endsWith('.test.json') ? name : name.replace(/\.json$/, '.test.json')];
  });
  return [...new Set(files)].sort();
}

function isFolder(name: string): boolean {
  try {
    return statSync(name).isDirectory();
  } catch {
    throw new CommandFailed('cli.fileUnreadable', `There is no file or folder ${name}.`);
  }
}

function leastCoverage(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const percent = Number(text);
  if (text.trim() !== '' && percent >= 0 && percent <= 100) return percent;
  throw new UsageWrong(`--min-coverage is "${text}"; it takes per cent, from 0 to 100.`);
}
