import { Injectable } from '@nestjs/common';
import type { ItemInput } from '@wfaib/sdk/items';
import { Ids } from '../../clock/ids.service.js';
import { Database } from '../../database/database.service.js';
import type { InboxRow } from '../journal/run-row.types.js';
import { RunWake } from '../run-wake.service.js';

/** What the outside asks of runs: a row first, then a wake-up, so that nothing is lost with a process. */
@Injectable()
export class RunInbox {
  constructor(
    private readonly database: Database,
    private readonly ids: Ids,
    private readonly wake: RunWake,
  ) {}

  /**
   * @param dedupe a second row of the run with this text is not taken
   * @returns false where there was such a row
   */
  async put(runId: string, news: Omit<InboxRow, 'id'>, dedupe?: string): Promise<boolean> {
    const rows = await this.database.query(
      `INSERT INTO run_inbox (id, run_id, kind, step_key, body, dedupe) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (run_id, dedupe) DO NOTHING RETURNING id`,
      [this.ids.newId(), runId, news.kind, news.step, JSON.stringify(news.body), dedupe ?? null],
    );
    if (rows.length === 0) return false;
    await this.wake.wake(runId);
    return true;
  }

  /**
   * Ends a wait for a call. The row of the wait is locked meanwhile: its time is not over before this is there to be read.
   * @returns false where the wait was ended before, by a call or by its time
   */
  async resume(runId: string, step: string, items: ItemInput[]): Promise<boolean> {
    const rows = await this.database.query(
      `INSERT INTO run_inbox (id, run_id, kind, step_key, body, dedupe)
       SELECT $1::uuid, w.run_id, 'resume', w.step_key, $4, 'wait:' || w.step_key FROM (
         SELECT run_id, step_key FROM run_wait WHERE run_id = $2 AND step_key = $3 AND kind = 'webhook'
           AND resolved_at IS NULL AND coalesce(until > clock_timestamp(), true) FOR SHARE
       ) w ON CONFLICT (run_id, dedupe) DO NOTHING RETURNING id`,
      [this.ids.newId(), runId, step, JSON.stringify({ items })],
    );
    if (rows.length === 0) return false;
    await this.wake.wake(runId);
    return true;
  }
}
