import { CommandRefused } from '../cli.errors.js';
import type { Command, CommandCall } from '../command.types.js';
import type { RawDocument } from '../documents/canonical-text.js';
import { diffText } from '../documents/diff-text.js';
import { diffDocuments } from '../documents/document-diff.js';
import { readDocument } from '../documents/document-file.js';
import { hashOf, SyncState } from '../documents/sync-file.js';
import type { ServerWorkflow } from '../server/server-types.js';
import { WorkflowDirectory } from '../server/workflow-directory.js';
import { problemLines } from './problem-lines.js';
import { publish } from './workflow-publish.command.js';

export const workflowPush: Command = {
  name: 'workflow push',
  usage: '<file>...',
  summary: 'Saves files as drafts, unless somebody saved them meanwhile; a new file becomes a new workflow.',
  options: { workflow: { type: 'string' }, force: { type: 'boolean' }, publish: { type: 'boolean' } },
  help: {
    workflow: 'the workflow (id or name) that the file is, where it was never pulled',
    force: 'save over what somebody else saved',
    publish: 'publish it as well',
  },
  names: [1, 1_000],
  async run(call) {
    const pushed = [];
    for (const file of call.names) pushed.push(await push(call, file));
    call.output.json(pushed);
    return 0;
  },
};

async function push(call: CommandCall, file: string) {
  const { api, output } = call;
  const document = readDocument(file);
  const sync = SyncState.ofFile(file, api.settings.url);
  const { saved, what } = await save(call, file, document, sync);
  sync.keep(file, saved.id, saved.revision, saved.draft);
  output.line(`${file}: "${saved.name}" ${what} (${saved.id}, revision ${saved.revision})`);
  output.lines(problemLines(saved.problems).map((line) => `  ${line}`));
  const version = call.isSet('publish') ? await publish(call, saved.id) : undefined;
  if (version !== undefined) output.line(`  version ${version} is live`);
  const { id: workflow, name, revision, problems } = saved;
  return { file, workflow, name, revision, what, problems, ...(version === undefined ? {} : { version }) };
}

interface Saved {
  saved: ServerWorkflow;
  what: 'created' | 'saved' | 'unchanged';
}

async function save(call: CommandCall, file: string, document: RawDocument, sync: SyncState): Promise<Saved> {
  const directory = new WorkflowDirectory(call.api);
  const known = sync.find(file);
  const wanted = call.text('workflow');
  const id = wanted === undefined ? known?.workflow : await directory.idOf(wanted);
  if (id === undefined) return create(call, file, document, directory);
  const current = await directory.get(id);
  if (hashOf(current.draft) === hashOf(document)) return { saved: current, what: 'unchanged' };
  const base = known?.workflow === id ? known.revision : undefined;
  if (base !== current.revision && !call.isSet('force')) throw conflict(call, file, document, current, base);
  const answer = await call.api.ask<ServerWorkflow>('PUT', `/api/workflows/${id}`, document, {
    'if-match': `"${current.revision}"`,
  });
  // Somebody was faster than the moment between the two calls.
  if (!answer.ok && answer.status === 409) throw conflict(call, file, document, await directory.get(id), base);
  return { saved: call.api.require(answer), what: 'saved' };
}

/** A file that was never pulled is a new workflow, unless one of its name is there: that may be the same. */
async function create(
  { api }: CommandCall,
  file: string,
  document: RawDocument,
  directory: WorkflowDirectory,
): Promise<Saved> {
  const name = String(document['name'] ?? '');
  const [same] = await directory.named(name);
  if (same !== undefined) {
    const message =
      `${file} was never pulled from here, and the server has a workflow named "${name}" (${same.id}). ` +
      `If it is the same, say --workflow ${same.id}; if not, give the file's workflow another name.`;
    throw new CommandRefused('cli.nameTaken', message, { file, workflow: same.id });
  }
  return { saved: await api.send<ServerWorkflow>('POST', '/api/workflows', document), what: 'created' };
}

function conflict(
  { output }: CommandCall,
  file: string,
  document: RawDocument,
  current: ServerWorkflow,
  base: number | undefined,
): CommandRefused {
  const changes = diffDocuments(current.draft, document);
  output.line(`The server's draft (revision ${current.revision}) and ${file}: + and new values are the file's.`);
  output.lines(diffText(changes).map((line) => `  ${line}`));
  const from = base === undefined ? 'was never pulled from it' : `was made from revision ${base}`;
  const message =
    `Nothing was saved: the server is at revision ${current.revision} of "${current.name}", and ${file} ${from}. ` +
    `To merge by hand: wfaib workflow pull ${current.id} theirs.json. ` +
    `To take the server's: wfaib workflow pull ${current.id} ${file} --force. ` +
    `To keep the file's: wfaib workflow push ${file}${base === undefined ? ` --workflow ${current.id}` : ''} --force.`;
  return new CommandRefused('workflow.conflict', message, {
    file,
    revision: current.revision,
    base: base ?? null,
    changes,
  });
}
