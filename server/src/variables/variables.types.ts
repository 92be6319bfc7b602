import type { JsonValue } from '@wfaib/sdk/items';

/** A named value of a project: `$vars.<name>` in expressions and code. */
export interface Variable {
  id: string;
  name: string;
  value: JsonValue;
  createdAt: Date;
  updatedAt: Date;
}
