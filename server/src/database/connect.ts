import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { DatabaseUnavailable } from './database.errors.js';

/** PostgreSQL that is not there yet: nothing listens, its name is not known yet, or it is starting up. */
const worthWaiting = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ECONNRESET', 'ETIMEDOUT', '57P03']);

/**
 * Opens the connection, waiting up to `patienceMs` for a server that is still coming up.
 * @throws {DatabaseUnavailable} with one sentence that names the server and what is wrong, never the password.
 */
export async function connect(dataSource: DataSource, url: string, patienceMs = 30_000): Promise<void> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    try {
      await dataSource.initialize();
      return;
    } catch (error) {
      const code = codeOf(error);
      if (!worthWaiting.has(code) || performance.now() >= giveUpAt) throw unavailable(url, code, error);
      await sleep(500);
    }
  }
}

function codeOf(error: unknown): string {
  const single = error instanceof AggregateError ? error.errors[0] : error;
  return String((single as { code?: unknown } | undefined)?.code ?? '');
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its host name is unknown',
  EAI_AGAIN: 'its host name is unknown',
  ETIMEDOUT: 'it does not answer',
  '28P01': 'the user name or password is wrong',
  '28000': 'it refuses this user',
  '3D000': 'this database does not exist there',
  '53300': 'it has no free connection',
  '57P03': 'it is still starting up',
};

function unavailable(url: string, code: string, cause: unknown): DatabaseUnavailable {
  const { hostname, port, pathname } = new URL(url);
  const where = `${hostname}:${port || '5432'}${pathname}`;
  const reason = reasons[code] ?? (cause as Error).message;
  return new DatabaseUnavailable(`PostgreSQL at ${where} cannot be used: ${reason}. Check DATABASE_URL.`, { cause });
}
