import type { Problem } from '@wfaib/sdk/workflow-document';
import type { Command, CommandCall } from '../command.types.js';
import { readDocument } from '../documents/document-file.js';
import { hasErrors, problemLines } from './problem-lines.js';

export const workflowValidate: Command = {
  name: 'workflow validate',
  usage: '<file>...',
  summary: 'Lists what is wrong with files, as the server sees it.',
  options: { offline: { type: 'boolean' } },
  help: { offline: 'without a server; parameters of connectors are taken on trust' },
  names: [1, 1_000],
  async run(call) {
    const { output } = call;
    const told: { file: string; problems: Problem[] }[] = [];
    for (const file of call.names) {
      const problems = await problemsOf(call, readDocument(file));
      told.push({ file, problems });
      output.line(problems.length === 0 ? `${file}: no problems` : `${file}:`);
      output.lines(problemLines(problems).map((line) => `  ${line}`));
    }
    output.json(told);
    return told.some(({ problems }) => hasErrors(problems)) ? 1 : 0;
  },
};

async function problemsOf(call: CommandCall, document: unknown): Promise<Problem[]> {
  if (call.isSet('offline')) {
    const { checkOffline } = await import('../testing/offline-documents.js');
    return checkOffline(document).problems;
  }
  return (await call.api.send<{ problems: Problem[] }>('POST', '/api/workflows/validate', document)).problems;
}
