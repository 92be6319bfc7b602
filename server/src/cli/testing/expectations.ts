import type { Item, JsonValue } from '@wfaib/sdk/items';
import type { Rehearsed, StepRow } from '../../engine/rehearsal/rehearsal.types.js';
import { parseDuration } from '../../nodes/duration.js';
import type { CompiledPlan } from '../../plan/plan.types.js';
import { mismatches } from './matching.js';
import type { Expectation, ExpectedStep, WrittenItems } from './test-file.schema.js';
import { readItems } from './written-items.js';

/** One expectation that did not come true. */
export interface Failure {
  /** What was looked at, for example `result[0].total` or `step "Report": attempts`. */
  what: string;
  expected?: unknown;
  actual?: unknown;
}

/** A rehearsed run, with what expectations ask of it by name. */
export class Outcome {
  constructor(
    readonly run: Rehearsed,
    private readonly plan: CompiledPlan,
  ) {}

  /** Visits of a node, by its name or id. */
  visitsOf(name: string): StepRow[] {
    const node = this.plan.nodes.find((each) => each.name === name || each.id === name);
    return this.run.steps.filter(({ nodeId, status }) => nodeId === node?.id && status !== 'pending');
  }

  inputOf(row: StepRow): Item[] {
    return row.inputs.flatMap(({ arrivals }) =>
      arrivals.flatMap(({ step, port, count }) => this.run.itemsOf(step, port).slice(0, count)),
    );
  }

  /** Items that left, of all ports where none is named. */
  outputOf(row: StepRow, port?: string): Item[] {
    const ports = port === undefined ? Object.keys(row.outputs) : [port];
    return ports.flatMap((name) => [...this.run.itemsOf(row.step, name)]);
  }
}

/** Everything that is other than expected. */
export function failuresOf(expected: Expectation, outcome: Outcome): Failure[] {
  return [
    ...endFailures(expected, outcome),
    ...replyFailures(expected, outcome),
    ...orderFailures(expected, outcome),
    ...Object.entries(expected.steps ?? {}).flatMap(([name, step]) =>
      stepFailures(name, step, outcome, expected.exact),
    ),
  ];
}

function endFailures(expected: Expectation, { run }: Outcome): Failure[] {
  const status = expected.status ?? (expected.error === undefined ? 'succeeded' : 'failed');
  const failures: Failure[] = [];
  if (run.status !== status) {
    const actual = run.error ? `${run.status}: ${run.error.message} (${run.error.code})` : run.status;
    failures.push({ what: 'status', expected: status, actual });
  }
  if (expected.error !== undefined) failures.push(...errorFailures('error', expected.error, run.error));
  if (expected.result)
    failures.push(...itemFailures('result', expected.result, run.result?.items ?? [], expected.exact));
  if (expected.elapsed !== undefined) {
    const expectedMs = parseDuration(expected.elapsed);
    if (expectedMs !== run.elapsedMs)
      failures.push({ what: 'elapsed', expected: expected.elapsed, actual: `${run.elapsedMs}ms` });
  }
  return failures;
}

function replyFailures({ reply: expected, exact }: Expectation, { run }: Outcome): Failure[] {
  if (expected === undefined) return [];
  if (run.reply === undefined) return [{ what: 'reply', expected, actual: undefined }];
  const { status, headers, body } = run.reply;
  const told = { status, headers, body: bodyOf(body) };
  return [
    ...differences('reply.status', expected.status, status, exact),
    ...differences('reply.headers', expected.headers, headers, false),
    ...differences('reply.body', expected.body, told.body, exact),
  ];
}

function bodyOf(text: string | undefined): JsonValue | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

function orderFailures({ ran = [], notRun = [], order = [] }: Expectation, outcome: Outcome): Failure[] {
  const missing = ran.filter((name) => outcome.visitsOf(name).length === 0);
  const unwanted = notRun.filter((name) => outcome.visitsOf(name).length > 0);
  const begun = outcome.run.steps.filter(({ status }) => status !== 'pending').map(({ name }) => name);
  let from = 0;
  const late = order.find((name) => {
    from = begun.indexOf(name, from) + 1;
    return from === 0;
  });
  return [
    ...missing.map((name) => ({ what: `step "${name}"`, expected: 'ran', actual: 'did not run' })),
    ...unwanted.map((name) => ({ what: `step "${name}"`, expected: 'not run', actual: 'ran' })),
    ...(late === undefined ? [] : [{ what: `order, at "${late}"`, expected: order, actual: begun }]),
  ];
}

function stepFailures(name: string, expected: ExpectedStep, outcome: Outcome, exact: boolean): Failure[] {
  const visits = outcome.visitsOf(name);
  const last = visits.at(-1);
  const at = `step "${name}"`;
  const attempts = Math.max(0, ...visits.map(({ attempt }) => attempt));
  const failures = [
    ...differences(`${at}: visits`, expected.visits, visits.length, exact),
    ...differences(`${at}: attempts`, expected.attempts, attempts, exact),
    ...differences(`${at}: status`, expected.status, last?.status, exact),
  ];
  if (expected.error !== undefined) failures.push(...errorFailures(`${at}: error`, expected.error, last?.error));
  const compare = (what: string, written: WrittenItems | undefined, actual: (row: StepRow) => Item[]): void => {
    if (written) failures.push(...itemFailures(`${at}: ${what}`, written, visits.flatMap(actual), exact));
  };
  compare('input', expected.input, (row) => outcome.inputOf(row));
  compare('items', expected.items, (row) => outcome.outputOf(row));
  for (const [port, written] of Object.entries(expected.outputs ?? {}))
    compare(`outputs.${port}`, written, (row) => outcome.outputOf(row, port));
  return failures;
}

function errorFailures(what: string, expected: string | object, actual: unknown): Failure[] {
  if (typeof expected === 'object') return differences(what, expected, actual ?? undefined, false);
  const { code, message } = (actual ?? {}) as { code?: string; message?: string };
  if (code === expected) return [];
  return [{ what, expected, actual: code === undefined ? undefined : `${code}: ${message}` }];
}

/** Lineage is the engine's own: it does not count. */
function itemFailures(what: string, expected: WrittenItems, actual: readonly Item[], exact: boolean): Failure[] {
  const wanted = readItems(expected);
  const shown = actual.map(({ json, files }) => (files === undefined ? { json } : { json, files }));
  return differences(what, wanted, shown, exact).map((failure) => ({
    ...failure,
    what: failure.what.replace(/\]\.json\b/, ']'),
  }));
}

function differences(what: string, expected: unknown, actual: unknown, exact: boolean): Failure[] {
  if (expected === undefined) return [];
  return mismatches(expected, actual, exact).map(({ path, ...values }) => ({
    what: path === '' || path.startsWith('[') ? `${what}${path}` : `${what}.${path}`,
    ...values,
  }));
}
