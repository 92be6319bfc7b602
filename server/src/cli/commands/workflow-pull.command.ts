import { join } from 'node:path';
import { CommandRefused, UsageWrong } from '../cli.errors.js';
import type { Command, CommandCall } from '../command.types.js';
import { diffDocuments } from '../documents/document-diff.js';
import { diffText } from '../documents/diff-text.js';
import { fileNameOf, findDocument, writeDocument } from '../documents/document-file.js';
import { hashOf, SyncState } from '../documents/sync-file.js';
import type { ServerWorkflow } from '../server/server-types.js';
import { WorkflowDirectory } from '../server/workflow-directory.js';

export const workflowPull: Command = {
  name: 'workflow pull',
  usage: '<workflow> [file]',
  summary: 'Writes the draft of a workflow (by id or name) to a file.',
  options: { all: { type: 'boolean' }, dir: { type: 'string' }, force: { type: 'boolean' } },
  help: {
    all: 'all workflows of the server',
    dir: 'folder of the files (default: this one)',
    force: 'overwrite a file that was changed since',
  },
  names: [0, 2],
  async run(call) {
    const { api, names, output } = call;
    const directory = new WorkflowDirectory(api);
    const [name, file] = names;
    if (call.isSet('all') === (name !== undefined)) throw new UsageWrong('Name one workflow, or say --all.');
    const ids = name === undefined ? (await directory.list()).map(({ id }) => id) : [await directory.idOf(name)];
    const taken = new Set<string>();
    const pulled = [];
    for (const id of ids) pulled.push(pull(call, await directory.get(id), file, taken));
    output.json(pulled);
    return 0;
  },
};

/** @throws CommandRefused where the file holds changes that would be lost */
function pull(call: CommandCall, workflow: ServerWorkflow, wanted: string | undefined, taken: Set<string>) {
  const { output, api } = call;
  const file = wanted ?? fileFor(call, workflow, taken);
  const sync = SyncState.ofFile(file, api.settings.url);
  const local = findDocument(file);
  const changes = local === undefined ? [] : diffDocuments(local, workflow.draft);
  const isOurs = local !== undefined && sync.find(file)?.hash !== hashOf(local);
  if (isOurs && hashOf(local) !== hashOf(workflow.draft) && !call.isSet('force')) {
    output.lines(diffText(changes));
    const message =
      `${file} was changed since it was last pulled or pushed; with the pull, the changes above would be made to it. ` +
      'Push it, pull to another file, or overwrite it with --force.';
    throw new CommandRefused('cli.fileChanged', message, { file, changes });
  }
  writeDocument(file, workflow.draft);
  sync.keep(file, workflow.id, workflow.revision, workflow.draft);
  output.line(`${file}: "${workflow.name}" at revision ${workflow.revision}${told(local, changes.length)}`);
  return { file, workflow: workflow.id, name: workflow.name, revision: workflow.revision, changes };
}

function told(local: unknown, changes: number): string {
  if (local === undefined) return ', new';
  return changes === 0 ? ', unchanged' : `, ${changes} ${changes === 1 ? 'change' : 'changes'}`;
}

/** Where it was pulled to before, else a file named after it that is no other workflow's. */
function fileFor(call: CommandCall, { id, name }: ServerWorkflow, taken: Set<string>): string {
  const folder = call.text('dir') ?? '.';
  const sync = SyncState.of(folder, call.api.settings.url);
  const known = sync.fileOf(id);
  if (known !== undefined) return join(folder, known);
  const plain = fileNameOf(name);
  const isFree = (file: string) => !taken.has(file) && (sync.find(file)?.workflow ?? id) === id;
  const file = isFree(plain) ? plain : plain.replace(/json$/, `${id.slice(-6)}.json`);
  taken.add(file);
  return join(folder, file);
}
