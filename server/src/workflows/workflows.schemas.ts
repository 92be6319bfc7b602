import { z } from 'zod';
import { pageQuery } from '../http/paging.types.js';

/** Query of the list: a part of the name. */
export const workflowsQuery = pageQuery.extend({ q: z.string().max(200).default('') });
export type WorkflowsQuery = z.infer<typeof workflowsQuery>;

/** Where a page of the list goes on. */
export const listPosition = z.object({
  sortKey: z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?[+-]\d{2}(:\d{2})?$/),
  id: z.uuid(),
});

export const workflowId = z.uuid();
export const versionNumber = z.coerce.number().int().min(1).max(2_147_483_647);

/** Text for PostgreSQL, which has no zero character. */
export const withoutNul = (text: string) => text.replaceAll('\0', '');

/**
 * The revision that `If-Match` names: `"7"`, `W/"7"` or `7`. Without the header, or with `*`, any will do.
 * @returns `NaN`, which no revision equals, where the header names none of ours
 */
export function revisionOf(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const revision = /^(?:W\/)?"?(\d{1,10})"?$/.exec(ifMatch.trim())?.[1];
  return revision === undefined ? Number.NaN : Number(revision);
}
