import { testFile, type TestFile } from './test-file.schema.js';
import { TestFileWrong } from './testing.errors.js';

/** @throws TestFileWrong with a sentence for the first thing that is wrong */
export function readTestFile(raw: unknown, path: string): TestFile {
  const read = testFile.safeParse(raw);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
  throw new TestFileWrong(`${path} is no test file${where}: ${issue?.message ?? 'it cannot be read'}.`);
}
