import { Injectable } from '@nestjs/common';
import { RateLimited } from '../http/http.errors.js';
import { UnitOfWork } from '../database/unit-of-work.service.js';
import { hashSecret } from './secrets.js';

/** Failed tries in a minute that are let through. */
const triesPerMinute = { accountFromAddress: 5, account: 30, address: 20 };
const windowMs = 60_000;

/** Slows down guessing of passwords. Counts in the database, so all processes count together. */
@Injectable()
export class SignInLimiter {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Counts a try before it is made; `succeeded` takes it back.
   * @throws {RateLimited} when there were too many in the last minute.
   */
  async count(email: string, address: string): Promise<void> {
    const limits = limitsFor(email, address);
    const counted = await this.unitOfWork.direct.query<{ key: Buffer; count: number; wait_ms: number }[]>(
      `INSERT INTO sign_in_try AS t (key, count, since) SELECT key, 1, now() FROM unnest($1::bytea[]) AS key ORDER BY key
       ON CONFLICT (key) DO UPDATE SET
         count = CASE WHEN t.since < now() - $2 * interval '1 ms' THEN 1 ELSE t.count + 1 END,
         since = CASE WHEN t.since < now() - $2 * interval '1 ms' THEN now() ELSE t.since END
       RETURNING key, count, ($2 - extract(epoch FROM now() - since) * 1000)::int AS wait_ms`,
      [limits.map(({ key }) => key), windowMs],
    );
    const over = counted.find(({ key, count }) => count > limits.find((limit) => limit.key.equals(key))!.max);
    if (over) throw new RateLimited(Math.max(1000, over.wait_ms));
  }

  /** Takes the count back after the password was right, and forgets old counts. */
  async succeeded(email: string, address: string): Promise<void> {
    const keys = limitsFor(email, address).map(({ key }) => key);
    await this.unitOfWork.direct.query("DELETE FROM sign_in_try WHERE since < now() - interval '1 hour'");
    await this.unitOfWork.direct.query(
      'UPDATE sign_in_try SET count = greatest(count - 1, 0) WHERE key = ANY($1::bytea[])',
      [keys],
    );
  }
}

// Hashed: the table shall not be a list of who tried to sign in from where.
function limitsFor(email: string, address: string): { key: Buffer; max: number }[] {
  const account = email.trim().toLowerCase();
  return [
    { key: hashSecret(`account ${account} from ${address}`), max: triesPerMinute.accountFromAddress },
    { key: hashSecret(`account ${account}`), max: triesPerMinute.account },
    { key: hashSecret(`address ${address}`), max: triesPerMinute.address },
  ];
}
