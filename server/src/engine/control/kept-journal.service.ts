import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.service.js';
import type { RunEvent, StepKey } from '../../interpreter/run-events.types.js';
import { JournalReader } from '../journal/journal-reader.js';
import type { DataRow, RunRow, StepRow } from '../journal/run-row.types.js';

/** What a new run takes over from an old one. */
export interface Kept {
  events: RunEvent[];
  steps: StepRow[];
  data: DataRow[];
}

type StepEvent = Extract<RunEvent, { step: string; nodeId: string }>;

/** Finds the part of an ended run that a retry need not do again. */
@Injectable()
export class KeptJournal {
  constructor(
    private readonly journal: JournalReader,
    private readonly database: Database,
  ) {}

  /** Everything that ended well, but for `from` and what came after it. */
  async of(run: RunRow, from: string | undefined): Promise<Kept> {
    const [events, rows] = await Promise.all([this.journal.events(run.id, 0), this.journal.steps(run.id)]);
    const steps = keptSteps(rows, from);
    const keys = [...steps.keys()];
    const data = await this.database.query<DataRow>(
      `SELECT step_key AS step, port, body, items FROM run_data WHERE run_id = $1 AND step_key = ANY($2)`,
      [run.id, keys],
    );
    return { events: events.flatMap((event) => keptEvent(event, steps)), steps: [...steps.values()], data };
  }
}

/** A visit is kept where it ended well and everything that led to it is kept. Rows come in order of start. */
function keptSteps(rows: StepRow[], from: string | undefined): Map<StepKey, StepRow> {
  const dropped = new Set<StepKey>();
  const kept = new Map<StepKey, StepRow>();
  for (const row of rows) {
    const follows = row.inputs.some(({ arrivals }) => arrivals.some(({ step }) => dropped.has(step)));
    const isDone = row.status === 'succeeded' || row.status === 'skipped';
    if (follows || !isDone || row.nodeId === from) dropped.add(row.step);
    else kept.set(row.step, row);
  }
  return kept;
}

/** Claims stay with the run that held them. */
function keptEvent(event: RunEvent, steps: ReadonlyMap<StepKey, StepRow>): StepEvent[] {
  if (!('step' in event) || event.type === 'run.replied' || event.type === 'step.intended' || !steps.has(event.step))
    return [];
  if (!('claim' in event)) return [event];
  const { claim: _, ...rest } = event;
  return [rest];
}
