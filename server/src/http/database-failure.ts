import { say, type Sentence } from '@wfaib/sdk/sentence';

interface DatabaseFailure {
  status: number;
  code: string;
  said: Sentence;
  unexpected: boolean;
}

/** PostgreSQL refused a value (Appendix A of its manual, class 22): no zero character, number too large, and the like. */
const badValue = /^22/;
/** Connection lost, server or disk full, read-only, shutting down, deadlock or serialization failure: the same request may work in a moment. */
const passing = /^(08|53|57P|40)|^25006$|^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN)$/;

/** Reads a failure of PostgreSQL or of the way to it; undefined where the error is something else. */
export function databaseFailure(error: unknown): DatabaseFailure | undefined {
  const code = codeOf(error);
  if (badValue.test(code))
    return {
      status: 400,
      code: 'request.invalid',
      said: say`A value in the request cannot be stored.`,
      unexpected: false,
    };
  if (code === '23505')
    return { status: 409, code: 'request.conflict', said: say`The same thing exists already.`, unexpected: false };
  if (passing.test(code) || isPoolTimeout(error))
    return {
      status: 503,
      code: 'database.unavailable',
      said: say`The database does not answer. Try again.`,
      unexpected: true,
    };
  return undefined;
}

function codeOf(error: unknown): string {
  const { code, driverError, cause } = (error ?? {}) as { code?: unknown; driverError?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  const inner = driverError ?? cause;
  return inner === undefined ? '' : codeOf(inner);
}

function isPoolTimeout(error: unknown): boolean {
  return error instanceof Error && /timeout exceeded when trying to connect|Connection terminated/i.test(error.message);
}
