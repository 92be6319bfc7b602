import type { RunEvent } from '../../interpreter/run-events.types.js';
import { CommandFailed } from '../cli.errors.js';
import type { Command, CommandCall } from '../command.types.js';
import type { RawDocument } from '../documents/canonical-text.js';
import { readEvents } from '../server/event-stream.js';
import type { ServerRun } from '../server/server-types.js';
import { journalLine } from '../testing/journal-lines.js';

/** How often a stream that breaks is taken up again before the command gives up. */
const maxBreaks = 60;

export const logs: Command = {
  name: 'logs',
  usage: '<run>',
  summary: 'Shows the steps of a run, and what their code printed.',
  options: { follow: { type: 'boolean', short: 'f' } },
  help: { follow: 'show each event as it happens, until the run has ended' },
  names: [1, 1],
  async run(call) {
    const runId = encodeURIComponent(call.names[0]!);
    const found = await call.api.get<ServerRun>(`/api/runs/${runId}`);
    if (call.isSet('follow')) return follow(call, found);
    await show(call, found);
    return 0;
  },
};

interface LogLine {
  level: string;
  text: string;
}

async function show({ api, output }: CommandCall, { id, status, error, steps }: ServerRun): Promise<void> {
  const told = [];
  output.line(`${id} ${status}${error ? `: ${error.message} (${error.code})` : ''}`);
  for (const step of steps) {
    const { items: lines } = await api.get<{ items: LogLine[] }>(`/api/runs/${id}/steps/${step.id}/logs`);
    told.push({ ...step, logs: lines });
    output.line(stepLine(step));
    output.lines(logLines(lines));
  }
  output.json({ id, status, error, steps: told });
}

function stepLine({
  name,
  iteration,
  status,
  attempt,
  startedAt,
  endedAt,
  itemCounts,
  error,
}: ServerRun['steps'][number]) {
  const round = iteration.length === 0 ? '' : ` [${iteration.join('.')}]`;
  const took = startedAt && endedAt ? ` ${Date.parse(endedAt) - Date.parse(startedAt)} ms` : '';
  const tries = attempt > 1 ? `, try ${attempt}` : '';
  const why = error ? `: ${error.message} (${error.code})` : '';
  return `  ${status.padEnd(10)} ${name}${round}${took}, ${itemCounts.in} in, ${itemCounts.out} out${tries}${why}`;
}

/** Takes the stream up again where it broke, so that nothing is missed and nothing told twice. */
async function follow(call: CommandCall, { id }: ServerRun): Promise<0> {
  const nodes = new RunNodes(await call.api.get<RawDocument>(`/api/runs/${id}/document`));
  let last = '';
  let start: number | undefined;
  for (let breaks = 0; breaks < maxBreaks; breaks += 1) {
    for await (const [seq, event] of eventsAfter(call, id, last)) {
      [last, breaks] = [seq, 0];
      start ??= 'at' in event ? event.at : event.endedAt;
      call.output.json(event);
      call.output.line(journalLine(event, start, nodes.nameOf));
      if (nodes.mayPrint(event)) call.output.lines(await printed(call, id, event));
      if (event.type === 'run.finished') return 0;
    }
    await pause(500);
  }
  throw new CommandFailed('cli.streamBroken', `The events of run ${id} broke off again and again.`);
}

/** Ends with the stream, whether it was closed or broke. */
async function* eventsAfter({ api }: CommandCall, id: string, last: string): AsyncGenerator<[string, RunEvent]> {
  const headers = last === '' ? {} : { 'last-event-id': last };
  const response = await api.fetch(`/api/runs/${id}/events`, { headers }).catch((error: unknown) => {
    // A server that was there comes back, mostly.
    if (last !== '' && (error as { code?: string }).code === 'cli.unreachable') return undefined;
    throw error;
  });
  if (response === undefined || response.status === 204 || response.body === null) return;
  if (!response.ok)
    throw new CommandFailed(
      `http.${response.status}`,
      `The server answered ${response.status} to a look at the events.`,
    );
  const events = readEvents(response.body);
  for (;;) {
    const next = await events.next().catch(() => undefined);
    if (next === undefined || next.done === true) return;
    yield [next.value.id, JSON.parse(next.value.data) as RunEvent];
  }
}

async function printed({ api }: CommandCall, id: string, event: StepEnd): Promise<string[]> {
  const { items } = await api.get<{ items: LogLine[] }>(`/api/runs/${id}/steps/${event.step}/logs`);
  return logLines(items);
}

type StepEnd = Extract<RunEvent, { type: 'step.succeeded' | 'step.failed' }>;

/** The nodes of a run's document: their names, and whether they can print. */
class RunNodes {
  private readonly byId: Map<string, { name: string; type: string }>;

  constructor({ nodes }: RawDocument) {
    const list = Array.isArray(nodes) ? (nodes as { id: string; name: string; type: string }[]) : [];
    this.byId = new Map(list.map((node) => [node.id, node]));
  }

  readonly nameOf = (nodeId: string): string => this.byId.get(nodeId)?.name ?? nodeId;

  mayPrint(event: RunEvent): event is StepEnd {
    if (event.type !== 'step.succeeded' && event.type !== 'step.failed') return false;
    const type = this.byId.get(event.nodeId)?.type ?? '';
    return type === 'core.code' || !type.startsWith('core.');
  }
}

const logLines = (lines: readonly LogLine[]): string[] => lines.map(({ level, text }) => `    ${level}: ${text}`);

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
