import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.service.js';

/** The hash of the one-time link that makes the owner. There is at most one. */
@Injectable()
export class SetupTokens {
  /** Two servers that start at once, or two people with the link, take turns. */
  async lock(tx: Tx): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(7311603)');
  }

  async isCurrent(tx: Tx, hash: Buffer): Promise<boolean> {
    return (await tx.query<unknown[]>('SELECT 1 FROM setup_token WHERE secret_hash = $1', [hash])).length > 0;
  }

  async replace(tx: Tx, hash: Buffer): Promise<void> {
    await tx.query(
      'INSERT INTO setup_token (secret_hash) VALUES ($1) ON CONFLICT (id) DO UPDATE SET secret_hash = $1, created_at = now()',
      [hash],
    );
  }

  /** Takes the token away; false when it is not the current one. */
  async use(tx: Tx, hash: Buffer): Promise<boolean> {
    if (!(await this.isCurrent(tx, hash))) return false;
    await tx.query('DELETE FROM setup_token');
    return true;
  }
}
