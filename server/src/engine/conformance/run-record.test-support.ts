import type { TestDatabase } from '../../../../test/support/test-database.js';
import type { RunEvent } from '../../interpreter/run-events.types.js';

/** All that a run left behind, without its ids and times and without who carried it: the same on every host. */
export interface RunRecord {
  events: string[];
  steps: string[];
  data: string[];
  compensation: string | null;
  /** What waits for a person. */
  tasks: string[];
}

/** @param isNumberedByTime the numbers of visits are left out too */
export async function recordOf(
  { database }: TestDatabase,
  runId: string,
  { isNumberedByTime }: { isNumberedByTime: boolean },
): Promise<RunRecord> {
  const rows = await database.query<{ seq: string; data: string }>(
    'SELECT seq, data FROM run_event WHERE run_id = $1 ORDER BY seq',
    [runId],
  );
  const steps = await database.query<Record<string, unknown>>(
    `SELECT step_key, node_id, iteration, visit, attempt, status, inputs, items_in, items_out, outputs, error
     FROM run_step WHERE run_id = $1`,
    [runId],
  );
  const data = await database.query<{ step_key: string; port: string; body: string }>(
    'SELECT step_key, port, body FROM run_data WHERE run_id = $1',
    [runId],
  );
  if (rows.some(({ seq }, index) => Number(seq) !== index + 1)) throw new Error(`The journal of ${runId} has a gap.`);
  const events = rows.map((row) => JSON.parse(row.data) as RunEvent).filter(isLasting);
  const [run] = await database.query<{ compensation: string | null }>('SELECT compensation FROM run WHERE id = $1', [
    runId,
  ]);
  const tasks = await database.query<{ node_id: string; kind: string }>(
    'SELECT node_id, kind FROM run_wait WHERE run_id = $1 AND resolved_at IS NULL ORDER BY node_id',
    [runId],
  );
  return {
    compensation: run!.compensation,
    tasks: tasks.map(({ node_id, kind }) => `${node_id} ${kind}`),
    events: events.map(lineOf).toSorted(),
    steps: steps
      .map(({ visit, ...step }) => withoutRuns(JSON.stringify(isNumberedByTime ? step : { ...step, visit })))
      .toSorted(),
    data: data.map(({ step_key, port, body }) => `${step_key}.${port} ${withoutTimes(withoutRuns(body))}`).toSorted(),
  };
}

/** Ids of runs, its own and those it called, are other ones each time. */
function withoutRuns(text: string): string {
  return text.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'run');
}

/** When people decided, or their time was over. */
function withoutTimes(text: string): string {
  return text.replaceAll(/"at":"[^"]*"/g, '"at":"then"');
}

/** Nodes of the steps that ended well, in the order of the journal. */
export async function orderOf({ database }: TestDatabase, runId: string): Promise<string[]> {
  const rows = await database.query<{ data: string }>(
    `SELECT data FROM run_event WHERE run_id = $1 AND type = 'step.succeeded' ORDER BY seq`,
    [runId],
  );
  return rows.map(({ data }) => (JSON.parse(data) as { nodeId: string }).nodeId);
}

/** Hand-overs are left out, and claims made ahead that the next owner of the run made again. */
function isLasting(event: RunEvent, index: number, all: RunEvent[]): boolean {
  if (event.type !== 'step.intended') return event.type !== 'run.handedOver';
  const isSame = (each: RunEvent) =>
    each.type === 'step.intended' && each.step === event.step && each.attempt === event.attempt;
  return all.findIndex(isSame) === index;
}

function lineOf(event: RunEvent): string {
  if (!('nodeId' in event)) return event.type === 'run.finished' ? endLine(event) : event.type;
  const place = `${event.nodeId}${event.iteration.map((index) => `[${index}]`).join('')}#${event.attempt}`;
  const outputs = 'outputs' in event ? ` ${JSON.stringify(event.outputs)}` : '';
  const code = 'error' in event && event.error ? ` ${event.error.code}` : '';
  return `${place} ${event.type}${outputs}${code}`;
}

function endLine({ type, status, compensation }: Extract<RunEvent, { type: 'run.finished' }>): string {
  return `${type} ${status}${compensation === undefined ? '' : `, undone: ${compensation}`}`;
}
