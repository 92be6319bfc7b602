import { CommandRefused } from '../cli.errors.js';
import type { Command, CommandCall } from '../command.types.js';
import type { RawDocument } from '../documents/canonical-text.js';
import { diffText } from '../documents/diff-text.js';
import { diffDocuments } from '../documents/document-diff.js';
import { readDocument } from '../documents/document-file.js';
import { SyncState } from '../documents/sync-file.js';
import { WorkflowDirectory } from '../server/workflow-directory.js';

export const workflowDiff: Command = {
  name: 'workflow diff',
  usage: '<file> [other file]',
  summary: 'Shows what the file changes in the draft of the server, or what the other file changes in it.',
  options: { version: { type: 'string' }, workflow: { type: 'string' } },
  help: {
    version: 'compare with a version: its number, or "live" (default: draft)',
    workflow: 'the workflow (id or name) to compare with, where the file was never pulled',
  },
  names: [1, 2],
  async run(call) {
    const [file, other] = call.names;
    const before = other === undefined ? await onServer(call, file!) : readDocument(file!);
    const after = readDocument(other ?? file!);
    const changes = diffDocuments(before, after);
    call.output.json(changes);
    call.output.lines(diffText(changes));
    if (changes.length === 0) call.output.line('No difference.');
    return changes.length === 0 ? 0 : 1;
  },
};

async function onServer(call: CommandCall, file: string): Promise<RawDocument> {
  const { api } = call;
  const directory = new WorkflowDirectory(api);
  const wanted = call.text('workflow');
  const known = SyncState.ofFile(file, api.settings.url).find(file)?.workflow;
  const id = wanted === undefined ? known : await directory.idOf(wanted);
  if (id === undefined) {
    const message = `${file} was never pulled from ${api.settings.url}: name the workflow with --workflow.`;
    throw new CommandRefused('cli.neverPushed', message);
  }
  return directory.documentOf(await directory.get(id), call.text('version') ?? 'draft');
}
