import { benchBody, benchWorkflows, type BenchWorkflow } from '../bench/bench-workflows.js';
import { closedLoop, type LoadResult } from '../bench/http-load.js';
import { publishedFigures, type PublishedFigure, type Workload } from '../bench/published-figures.js';
import { UsageWrong } from '../cli.errors.js';
import type { Command, CommandCall } from '../command.types.js';
import type { ServerWorkflow } from '../server/server-types.js';

const warmUpMs = 2_000;
const callers = [1, 10];
/** Stands where there is no figure. */
const none = '–';

/** A workload, and where its published figures are found. */
interface Row {
  name: Workload;
  workflow: BenchWorkflow;
}

interface Measured extends LoadResult {
  workload: Workload;
  callers: number;
  published: PublishedFigure | undefined;
}

export const bench: Command = {
  name: 'bench',
  usage: '',
  summary:
    'Measures a server of yours and compares it with the published figures. Makes workflows and deletes them again.',
  options: { seconds: { type: 'string' } },
  help: { seconds: 'length of each measurement (default: 5)' },
  names: [0, 0],
  async run(call) {
    const ms = secondsOf(call.text('seconds')) * 1_000;
    const tag = `wfaib-bench-${Date.now().toString(36)}`;
    const rows: Row[] = [
      ...(['auto', 'standard', 'strict', 'queue'] as const).map((durability): Row => ({
        name: `reply, ${durability}`,
        workflow: benchWorkflows.reply(tag, durability),
      })),
      { name: 'code', workflow: benchWorkflows.code(tag) },
      { name: '10 steps', workflow: benchWorkflows.sets(tag, 10) },
    ];
    // Refuses here what has no key, before a table begins.
    await call.api.get('/api/workflows?limit=1');
    call.output.line(line(['workload', 'callers', 'per s', 'published', 'p50 ms', 'published', 'p99 ms', 'failed']));
    const measured = [];
    for (const row of rows) measured.push(...(await measure(call, row, ms)));
    call.output.json(measured);
    call.output.lines(notes(measured));
    return 0;
  },
};

function notes(measured: readonly Measured[]): string[] {
  const isBehind = measured.some(({ refused }) => refused[503] !== undefined);
  return [
    '',
    'reply: webhook, Set with an expression, answer, by durability. code: code that makes 100 items. 10 steps: ten Sets.',
    'Published: docs/performance.md, on 2 cores that had nothing else to do, with the caller on the same machine.',
    ...(isBehind
      ? ['503: the server had more to do than it could and said so. Quiet the machine and measure again.']
      : []),
  ];
}

async function measure(call: CommandCall, { name, workflow }: Row, ms: number): Promise<Measured[]> {
  const { id } = await call.api.send<ServerWorkflow>('POST', '/api/workflows', workflow.document);
  const measured: Measured[] = [];
  try {
    await call.api.send('POST', `/api/workflows/${id}/publish`, {});
    const target = { url: new URL(`/hooks/${workflow.path}`, call.api.settings.url).href, body: benchBody };
    await closedLoop(target, callers.at(-1)!, warmUpMs);
    for (const count of callers) {
      const result = await closedLoop(target, count, ms);
      call.output.line(line(cellsOf(name, count, result)));
      measured.push({ workload: name, callers: count, ...result, published: publishedFigures[name][count] });
    }
  } finally {
    // A live workflow is not deleted: it is taken out of service first.
    await call.api.ask('POST', `/api/workflows/${id}/unpublish`, {});
    await call.api.ask('DELETE', `/api/workflows/${id}`);
  }
  return measured;
}

function cellsOf(name: Row['name'], count: number, { ok, perSecond, latency, refused }: LoadResult): string[] {
  const published = publishedFigures[name][count];
  const failed = Object.entries(refused).map(([status, times]) => `${times} x ${status}`);
  return [
    name,
    `${count}`,
    perSecond.toFixed(0),
    `${published?.perSecond ?? none}`,
    ok > 0 ? latency.p50.toFixed(1) : none,
    `${published?.p50 ?? none}`,
    ok > 0 ? latency.p99.toFixed(1) : none,
    failed.join(', ') || '0',
  ];
}

const line = ([workload = '', ...cells]: string[]): string =>
  workload.padEnd(18) + cells.map((cell) => cell.padStart(11)).join('');

function secondsOf(given: string | undefined): number {
  const seconds = given === undefined ? 5 : Number(given);
  if (!(seconds > 0 && seconds <= 600)) throw new UsageWrong(`--seconds is "${given}"; it takes a number up to 600.`);
  return seconds;
}
