import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.service.js';
import type { AgainReason, RunEvent, StepKey } from '../../interpreter/run-events.types.js';
import { undoKey } from '../../interpreter/step-keys.js';
import { JournalReader } from '../journal/journal-reader.js';
import type { DataRow, RunRow, StepRow } from '../journal/run-row.types.js';
import type { RunProgram } from '../runner/run-memory.js';
import { keepSteps, type KeepRequest, type KeptSteps } from './keep-steps.js';

type Created = Extract<RunEvent, { type: 'run.created' }>;

/** What a new run takes over from an old one. */
export interface Kept {
  events: RunEvent[];
  /** In order of start. */
  steps: StepRow[];
  data: DataRow[];
  /** What the first event of the new run says about it. */
  report: Omit<NonNullable<Created['retry']>, 'of'>;
}

/** An ended run as a retry sees it. */
export interface OldRun {
  run: RunRow;
  program: RunProgram;
  events: RunEvent[];
  created: Created;
  /** Visits in order of start. */
  rows: StepRow[];
}

/** Most nodes that a report names. */
const maxNamed = 200;

/** Reads the part of an ended run that a retry need not do again. */
@Injectable()
export class KeptJournal {
  constructor(
    private readonly journal: JournalReader,
    private readonly database: Database,
  ) {}

  async read(run: RunRow, program: RunProgram): Promise<OldRun> {
    const [events, rows] = await Promise.all([this.journal.events(run.id, 0), this.journal.steps(run.id)]);
    return { run, program, events, created: events[0] as Created, rows };
  }

  /** What of it a run of `now` may keep. */
  async keep(
    { run, program, events, rows }: OldRun,
    wanted: Pick<KeepRequest, 'now' | 'created' | 'from' | 'until'>,
  ): Promise<KeptSteps> {
    const counts = await this.#counts(run.id);
    return keepSteps({ events, rows, old: program, itemsOf: (step) => counts.get(step) ?? {}, ...wanted });
  }

  /** The same with its items, ready to begin a run with. */
  async withData(old: OldRun, { events, rows, steps, handed, again }: KeptSteps): Promise<Kept> {
    const data = await this.database.query<StoredData>(
      `SELECT step_key AS step, port, body, items, chunks FROM run_data WHERE run_id = $1 AND (step_key = ANY($2)
         OR (step_key, port) IN (SELECT * FROM unnest($3::text[], $4::text[])))`,
      [old.run.id, steps, handed.map(({ step }) => step), handed.map(({ port }) => port)],
    );
    return { events, steps: rows, data: data.map(dataRow), report: { kept: rows.length, again: namedOf(old, again) } };
  }

  /**
   * How often visits were undone so far, by this run and all others that go back to the same one: a provider that is
   * asked again under the key of an effect it has taken back would answer with what is not there any more.
   */
  async undone({ run, created, rows }: OldRun): Promise<Record<StepKey, number>> {
    const found = await this.database.query<{ step: StepKey; times: number }>(
      `SELECT step_key AS step, count(*)::int AS times FROM run_step WHERE status = 'compensated' AND run_id IN (
         SELECT id FROM run WHERE (id = $1 OR (root_run_id = $1 AND root_run_id <> id))
           AND COALESCE(key_root, root_run_id::text) = $2)
       GROUP BY step_key`,
      [run.rootRunId, run.keyRoot],
    );
    const undone: Record<StepKey, number> = Object.fromEntries(found.map(({ step, times }) => [step, times]));
    // Runs that were deleted meanwhile are told of by those that came after them.
    const told = new Map(Object.entries(created.undone ?? {}));
    for (const { step, status } of rows)
      if (status === 'compensated') told.set(step, (created.undone?.[step] ?? 0) + 1);
    for (const [step, times] of told) undone[step] = Math.max(undone[step] ?? 0, times);
    return undone;
  }

  async #counts(runId: string): Promise<ReadonlyMap<StepKey, Record<string, number>>> {
    const rows = await this.database.query<{ step: StepKey; port: string; items: number }>(
      'SELECT step_key AS step, port, items FROM run_data WHERE run_id = $1',
      [runId],
    );
    const counts = new Map<StepKey, Record<string, number>>();
    for (const { step, port, items } of rows) counts.set(step, { ...counts.get(step), [port]: items });
    return counts;
  }
}

/** Each node once, with its first reason. What undid a step is not done again: it runs where that has to be undone anew. */
function namedOf({ rows }: OldRun, again: KeptSteps['again']): Kept['report']['again'] {
  const undoing = new Set(rows.map(({ step }) => undoKey(step)));
  const reasons = new Map<string, AgainReason>();
  for (const { step, nodeId } of rows) {
    const reason = again.get(step);
    if (reason !== undefined && !undoing.has(step) && !reasons.has(nodeId)) reasons.set(nodeId, reason);
  }
  return [...reasons].slice(0, maxNamed).map(([nodeId, reason]) => ({ nodeId, reason }));
}

type StoredData = Omit<DataRow, 'chunks'> & { chunks: string | null };

/** Chunks stay where they are: they name the run that stored them. */
function dataRow({ chunks, ...row }: StoredData): DataRow {
  return chunks === null ? row : { ...row, chunks: JSON.parse(chunks) as NonNullable<DataRow['chunks']> };
}
