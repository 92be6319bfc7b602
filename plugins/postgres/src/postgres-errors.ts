import { AuthError, ConnectorError } from '@wfaib/sdk';
import { DatabaseError } from 'pg';

/** SQLSTATE classes after which another try can help: connection, resources, shutdown; and two codes of conflicts. */
const passing = /^(08|53|57P0)|^(40001|40P01)$/;

/** An error of the driver in the words of the SDK; its code is `postgres.<SQLSTATE>`. */
export function asConnectorError(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error;
  const state = error.code ?? 'unknown';
  if (state.startsWith('28')) return new AuthError(`PostgreSQL refuses the credential: ${error.message}.`);
  const { detail, hint, constraint, table, column, position } = error;
  const known = Object.entries({ detail, hint, constraint, table, column, position }).filter(([, value]) => value);
  return new ConnectorError(`PostgreSQL: ${error.message}.`, {
    code: `postgres.${state}`,
    retryable: passing.test(state),
    details: Object.fromEntries(known),
  });
}
