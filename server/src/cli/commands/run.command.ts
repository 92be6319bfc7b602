import { existsSync, readFileSync } from 'node:fs';
import type { Problem } from '@wfaib/sdk/workflow-document';
import { CommandFailed, CommandRefused, UsageWrong } from '../cli.errors.js';
import type { Command, CommandCall } from '../command.types.js';
import { readDocument, readJson } from '../documents/document-file.js';
import { parseDuration } from '../../nodes/duration.js';
import { endedStatuses, type ServerRun } from '../server/server-types.js';
import { WorkflowDirectory } from '../server/workflow-directory.js';
import { problemLines } from './problem-lines.js';

/** Longest that one request waits for the end. */
const waitS = 30;

export const run: Command = {
  name: 'run',
  usage: '<workflow|file>',
  summary: 'Starts a run of a workflow (by id or name), or of the document in a file.',
  options: {
    input: { type: 'string' },
    wait: { type: 'boolean' },
    timeout: { type: 'string' },
    version: { type: 'string' },
    'start-at': { type: 'string' },
    'stop-at': { type: 'string' },
    test: { type: 'boolean' },
  },
  help: {
    input: 'JSON file with the items it starts with; - reads them from standard input',
    wait: 'wait for the end: exit code 0 when it succeeded, else 1',
    timeout: 'longest wait, as in 10m (default: for ever)',
    version: 'number of a version, "live" (default) or "draft"',
    'start-at': 'id of the node to start at',
    'stop-at': 'id of the node to stop at',
    test: 'in test mode: pinned items are used',
  },
  names: [1, 1],
  async run(call) {
    const { output } = call;
    const { runId } = await start(call);
    if (!call.isSet('wait')) {
      output.json({ runId });
      output.line(runId);
      return 0;
    }
    const ended = await untilEnded(call, runId);
    output.json(ended);
    output.lines(endLines(ended));
    return ended.status === 'succeeded' ? 0 : 1;
  },
};

async function start(call: CommandCall): Promise<{ runId: string }> {
  const [startAt, stopAt] = [call.text('start-at'), call.text('stop-at')];
  const body = {
    ...(await subjectOf(call)),
    ...inputOf(call.text('input')),
    mode: call.isSet('test') ? 'test' : 'production',
    ...(startAt === undefined ? {} : { startAt }),
    ...(stopAt === undefined ? {} : { stopAt }),
  };
  const answer = await call.api.ask<{ runId: string }>('POST', '/api/runs', body);
  if (!answer.ok && Array.isArray(answer.body['problems']))
    call.output.lines(problemLines(answer.body['problems'] as Problem[]));
  return call.api.require(answer);
}

async function subjectOf(call: CommandCall): Promise<Record<string, unknown>> {
  const name = call.names[0]!;
  const version = call.text('version');
  if (existsSync(name)) {
    if (version !== undefined)
      throw new UsageWrong('A file has no versions: leave --version out, or name the workflow.');
    return { document: readDocument(name) };
  }
  const workflowId = await new WorkflowDirectory(call.api).idOf(name);
  if (version === undefined) return { workflowId };
  return { workflowId, version: /^\d+$/.test(version) ? Number(version) : version };
}

function inputOf(path: string | undefined): { input?: unknown } {
  if (path === undefined) return {};
  if (path !== '-') return { input: readJson(path) };
  try {
    return { input: JSON.parse(readFileSync(0, 'utf8')) as unknown };
  } catch (error) {
    throw new CommandFailed('cli.fileBroken', `What came in is no JSON: ${(error as Error).message}`);
  }
}

async function untilEnded(call: CommandCall, runId: string): Promise<ServerRun> {
  const timeout = call.text('timeout');
  const timeoutMs = timeout === undefined ? Infinity : parseDuration(timeout);
  if (timeoutMs === undefined) throw new UsageWrong(`--timeout is "${timeout}"; write it like 30s or 10m.`);
  const end = performance.now() + timeoutMs;
  for (;;) {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1_000));
    const found = await call.api.get<ServerRun>(`/api/runs/${runId}?wait=${Math.min(waitS, left)}s`);
    if (endedStatuses.includes(found.status)) return found;
    if (performance.now() >= end)
      throw new CommandRefused('cli.runNotEnded', `The run ${runId} is ${found.status} after ${timeout}. It goes on.`, {
        runId,
        status: found.status,
      });
  }
}

function endLines({ id, status, error, result }: ServerRun): string[] {
  const items = (result?.items ?? []).map(({ json }) => JSON.stringify(json));
  return [`${id} ${status}`, ...(error ? [`${error.code}: ${error.message}`] : []), ...items];
}
