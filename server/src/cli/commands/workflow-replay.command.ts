import type { ReplayedRun, WorkflowReplay } from '../../engine/replay/workflow-replay.types.js';
import { UsageWrong } from '../cli.errors.js';
import type { Command } from '../command.types.js';
import { WorkflowDirectory } from '../server/workflow-directory.js';

export const workflowReplay: Command = {
  name: 'workflow replay',
  usage: '<workflow>',
  summary: 'Tries the draft, or another version, on the newest runs, without doing anything to the outside.',
  options: { version: { type: 'string' }, runs: { type: 'string' } },
  help: { version: 'a number, live or draft (default: draft)', runs: 'how many of the newest runs (default: 20)' },
  names: [1, 1],
  async run({ api, names, output, text }) {
    const id = await new WorkflowDirectory(api).idOf(names[0]!);
    const body = { version: versionOf(text('version') ?? 'draft'), runs: countOf(text('runs') ?? '20') };
    const replay = await api.send<WorkflowReplay>('POST', `/api/workflows/${id}/replay`, body);
    output.json(replay);
    if (replay.runs.length === 0) output.line('There are no runs to try it on.');
    output.lines(replay.runs.flatMap(linesOf));
    const { same, path, data, unknown } = replay.counts;
    output.line(`${same} the same, ${path} another way, ${data} other data, ${unknown} unknown`);
    return same === replay.runs.length ? 0 : 1;
  },
};

const signs = { same: '✓', path: '✗', data: '~', unknown: '?' };

function linesOf({ runId, createdAt, verdict, differences, why }: ReplayedRun): string[] {
  const reasons = [...(why === undefined ? [] : [why]), ...differences.map((each) => placed(each))];
  return [`${signs[verdict]} ${runId} (${String(createdAt)})`, ...reasons.map((reason) => `    ${reason}`)];
}

const placed = ({ why, iteration }: ReplayedRun['differences'][number]) =>
  iteration.length === 0 ? why : `${why} (round ${iteration.map((index) => index + 1).join('.')})`;

function versionOf(text: string): number | 'live' | 'draft' {
  if (text === 'live' || text === 'draft') return text;
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new UsageWrong('--version takes a number, live or draft.');
}

function countOf(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 100) return count;
  throw new UsageWrong('--runs takes a number from 1 to 100.');
}
