import { UserError, type JsonObject, type JsonValue } from '@wfaib/sdk';

/** Quotes a name for SQL. @throws UserError for an empty one or one with a zero character */
export function quoted(name: string): string {
  if (name === '' || name.includes('\0')) throw new UserError(`"${name}" is no name of a table or column.`);
  return `"${name.replaceAll('"', '""')}"`;
}

export function tableName(schema: string, table: string): string {
  return `${quoted(schema)}.${quoted(table)}`;
}

/** A value for a bind parameter: objects and lists go as JSON text, which fits `json` and `jsonb` columns. */
export function bound(value: JsonValue | undefined): unknown {
  if (value === undefined) return null;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
