import { Injectable } from '@nestjs/common';
import type { ItemChunk } from '../../data/item-chunks.types.js';
import { Database } from '../../database/database.service.js';
import type { Item } from '@wfaib/sdk/items';
import type { RunEvent, StepKey } from '../../interpreter/run-events.types.js';
import type { FoundItems, ItemsPlace } from '../steps/step-items.types.js';
import type { InboxRow, RunRow, StepRow } from './run-row.types.js';
import { handedPort } from './related-parts.js';
import { stepColumns, toStepRow, type StepRecord } from './step-record.js';
import { runColumns, toRunRow, type RunRecord } from './run-record.js';

/** Reads runs back: rows, events, items, news. */
@Injectable()
export class JournalReader {
  constructor(private readonly database: Database) {}

  async findRun(runId: string): Promise<RunRow | undefined> {
    const [record] = await this.database.query<RunRecord>(`SELECT ${runColumns} FROM run WHERE id = $1`, [runId]);
    return record && toRunRow(record);
  }

  /** Who owns a run and how far it is. */
  async position(runId: string): Promise<{ epoch: number; lastSeq: number } | undefined> {
    const [row] = await this.database.query<{ epoch: number; lastSeq: number }>(
      'SELECT epoch, last_seq AS "lastSeq" FROM run WHERE id = $1',
      [runId],
    );
    return row;
  }

  /** Events after `seq`, in order. @param most @defaultValue all of them */
  async events(runId: string, seq: number, most?: number): Promise<RunEvent[]> {
    const rows = await this.database.query<{ data: string }>(
      'SELECT data FROM run_event WHERE run_id = $1 AND seq > $2 ORDER BY seq LIMIT $3',
      [runId, seq, most ?? null],
    );
    return rows.map(({ data }) => JSON.parse(data) as RunEvent);
  }

  /** Visits of a run in order of start. */
  async steps(runId: string): Promise<StepRow[]> {
    const records = await this.database.query<StepRecord>(
      `SELECT ${stepColumns} FROM run_step WHERE run_id = $1 ORDER BY position`,
      [runId],
    );
    return records.map(toStepRow);
  }

  /** Those of these visits that have begun, in order of start. */
  async stepsOf(runId: string, steps: readonly StepKey[]): Promise<StepRow[]> {
    const records = await this.database.query<StepRecord>(
      `SELECT ${stepColumns} FROM run_step WHERE run_id = $1 AND step_key = ANY($2) ORDER BY position`,
      [runId, steps],
    );
    return records.map(toStepRow);
  }

  /** How many visits have begun. */
  async stepCount(runId: string): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      'SELECT coalesce(max(position) + 1, 0) AS count FROM run_step WHERE run_id = $1',
      [runId],
    );
    return row!.count;
  }

  /** Items that left a port, or where they are. `undefined`: there is no such row. */
  async items(runId: string, step: StepKey, port: string): Promise<FoundItems | undefined> {
    const [row] = await this.itemsOf(runId, [{ step, port }]);
    return row?.found;
  }

  /** The same of many ports, in no order; of those without a row there is nothing. `chars`: length of their JSON. */
  async itemsOf(
    runId: string,
    places: readonly ItemsPlace[],
  ): Promise<(ItemsPlace & { found: FoundItems; chars: number })[]> {
    const [steps, ports] = [places.map(({ step }) => step), [...new Set(places.map(({ port }) => port))]];
    const rows = await this.database.query<ItemsPlace & { body: string; chunks: string | null; items: number }>(
      `SELECT step_key AS step, port, body, chunks, items FROM run_data
       WHERE run_id = $1 AND step_key = ANY($2) AND port = ANY($3)`,
      [runId, steps, ports],
    );
    return rows.map(({ step, port, body, chunks, items }) => {
      const found =
        chunks === null
          ? { items: JSON.parse(body) as Item[] }
          : { count: items, chunks: JSON.parse(chunks) as ItemChunk[] };
      return { step, port, found, chars: body.length };
    });
  }

  /** A row of run data as it was written. */
  async text(runId: string, step: StepKey, port: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ body: string }>(
      'SELECT body FROM run_data WHERE run_id = $1 AND step_key = $2 AND port = $3',
      [runId, step, port],
    );
    return row?.body;
  }

  /** What called runs handed over to the step that called them, by the index of the call. */
  async handed(runId: string, step: StepKey): Promise<Map<number, Item[]>> {
    const rows = await this.database.query<{ port: string; body: string }>(
      'SELECT port, body FROM run_data WHERE run_id = $1 AND step_key = $2 AND port LIKE $3',
      [runId, step, handedPort('%')],
    );
    const indexOf = (port: string) => Number(port.slice(port.indexOf(':') + 1));
    return new Map(rows.map(({ port, body }) => [indexOf(port), JSON.parse(body) as Item[]]));
  }

  /** Names of the workflows of a run and of those above it, the topmost first. */
  async callChain(runId: string): Promise<string[]> {
    const rows = await this.database.query<{ name: string }>(
      `WITH RECURSIVE chain AS (
         SELECT id, parent_run_id, workflow_name, 1 AS place FROM run WHERE id = $1
         UNION ALL SELECT r.id, r.parent_run_id, r.workflow_name, c.place + 1 FROM run r JOIN chain c ON r.id = c.parent_run_id
       ) SELECT workflow_name AS name FROM chain ORDER BY place DESC`,
      [runId],
    );
    return rows.map(({ name }) => name);
  }

  /** Runs that a run called, waits for, and that have not ended. */
  async openChildren(runId: string): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      'SELECT id FROM run WHERE parent_run_id = $1 AND is_awaited AND ended_at IS NULL',
      [runId],
    );
    return rows.map(({ id }) => id);
  }

  /** News that no append took in yet, oldest first. */
  async inbox(runId: string): Promise<InboxRow[]> {
    const rows = await this.database.query<{ id: string; kind: InboxRow['kind']; step: string | null; body: string }>(
      'SELECT id, kind, step_key AS step, body FROM run_inbox WHERE run_id = $1 AND consumed_at IS NULL ORDER BY created_at, id',
      [runId],
    );
    return rows.map((row) => ({ ...row, body: JSON.parse(row.body) as unknown }));
  }

  /** Whether the run is to be stopped, by somebody or because its time is over; `force`: without undoing anything. */
  async stopAsked(runId: string): Promise<'stop' | 'force' | undefined> {
    const rows = await this.database.query<{ body: string }>(
      `SELECT body FROM run_inbox WHERE run_id = $1 AND kind = 'cancel'
       UNION ALL SELECT '{}' FROM run_event WHERE run_id = $1 AND type = 'run.timedOut'`,
      [runId],
    );
    if (rows.length === 0) return undefined;
    return rows.some(({ body }) => (JSON.parse(body) as { force?: boolean }).force === true) ? 'force' : 'stop';
  }

  async documentText(hash: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ body: string }>('SELECT body FROM run_document WHERE hash = $1', [hash]);
    return row?.body;
  }
}
