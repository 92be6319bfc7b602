import { StepFailure } from '../../nodes/core-node.types.js';

/** A standby, or a database whose provider made it read-only: it takes writes again later. */
const readOnly = '25006';
/** Classes of SQLSTATE that go away by themselves: connection, resources, operator intervention, serialization. */
const transientClasses = ['08', '53', '57', '40', '55'];

/** What `pg` says without a code where a connection broke, or none came about. */
const awayWords =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection)/;

function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** PostgreSQL understood the statement and will refuse it again: a value is at fault. */
export function isRefusedByServer(error: unknown): boolean {
  const state = sqlState(error);
  return state !== undefined && !passes(state);
}

const passes = (state: string): boolean => state === readOnly || transientClasses.includes(state.slice(0, 2));

/** Trying again can help. Whether the statement was committed is not known. */
export function isTransient(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return passes(state);
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  if (/^E(CONN|PIPE|TIMEDOUT|AI_|NOTFOUND|HOST)/.test(code ?? '')) return true;
  return /terminated|timeout|connection|Connection/.test(message ?? '');
}

/**
 * The database of WFAIB does not answer for the moment. Told apart from what the code of a step says of a database of its own:
 * that comes out of a child and is a {@link StepFailure}, or has the field `retryable`.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof StepFailure || 'retryable' in error) return false;
  return sqlState(error) === undefined && !('code' in error) ? awayWords.test(error.message) : isTransient(error);
}
