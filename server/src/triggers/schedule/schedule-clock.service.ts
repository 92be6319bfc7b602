import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.service.js';

/**
 * The time schedules go by: the clock of the database, so that all servers agree and a server whose own clock is wrong
 * starts nothing early or late.
 */
@Injectable()
export class ScheduleClock {
  /** Milliseconds since 1970. */
  async now(tx: Tx): Promise<number> {
    const rows = await tx.query<{ now: Date }[]>('SELECT clock_timestamp() AS now');
    return rows[0]!.now.getTime();
  }
}
