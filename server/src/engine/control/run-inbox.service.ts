import { Injectable } from '@nestjs/common';
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
}
