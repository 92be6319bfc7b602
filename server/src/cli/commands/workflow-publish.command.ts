import { existsSync } from 'node:fs';
import type { Problem } from '@wfaib/sdk/workflow-document';
import { CommandRefused, UsageWrong } from '../cli.errors.js';
import type { Command, CommandCall } from '../command.types.js';
import { SyncState, type SyncEntry } from '../documents/sync-file.js';
import { WorkflowDirectory } from '../server/workflow-directory.js';
import { problemLines } from './problem-lines.js';

export const workflowPublish: Command = {
  name: 'workflow publish',
  usage: '<workflow|file>',
  summary: 'Makes the draft the live version, or an older version live again.',
  options: { version: { type: 'string' } },
  help: { version: 'number of the version to go back to' },
  names: [1, 1],
  async run(call) {
    const { output, text } = call;
    const name = call.names[0]!;
    const directory = new WorkflowDirectory(call.api);
    const pushed = existsSync(name) ? requirePushed(call, name) : undefined;
    const id = pushed?.workflow ?? (await directory.idOf(name));
    const wanted = text('version');
    if (wanted !== undefined && !/^\d+$/.test(wanted)) throw new UsageWrong('--version takes a number.');
    if (pushed && wanted === undefined) await requireUntouched(directory, name, pushed);
    const version = await publish(call, id, wanted === undefined ? undefined : Number(wanted));
    output.json({ workflow: id, version });
    output.line(`Version ${version} is live (${id}).`);
    return 0;
  },
};

/** @throws CommandRefused with its problems listed where the document has errors */
export async function publish({ api, output }: CommandCall, id: string, version?: number): Promise<number> {
  const body = version === undefined ? {} : { version };
  const answer = await api.ask<{ version: number }>('POST', `/api/workflows/${id}/publish`, body);
  if (!answer.ok && Array.isArray(answer.body['problems']))
    output.lines(problemLines(answer.body['problems'] as Problem[]));
  return api.require(answer).version;
}

function requirePushed({ api }: CommandCall, file: string): SyncEntry {
  const entry = SyncState.ofFile(file, api.settings.url).find(file);
  if (entry) return entry;
  throw new CommandRefused('cli.neverPushed', `${file} was never pushed to ${api.settings.url}. Push it first.`);
}

/** What is published is what was pushed, and nothing that somebody saved since. */
async function requireUntouched(directory: WorkflowDirectory, file: string, pushed: SyncEntry): Promise<void> {
  const { revision } = await directory.get(pushed.workflow);
  if (revision === pushed.revision) return;
  const message = `Nothing was published: the draft is at revision ${revision}, ${file} at ${pushed.revision}. See what is new with wfaib workflow diff ${file}, and pull.`;
  throw new CommandRefused('workflow.conflict', message, { revision, base: pushed.revision });
}
