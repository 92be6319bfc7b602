import { z } from 'zod';
import { pageQuery } from '../http/paging.types.js';
import { RevisionRequired } from './workflows.errors.js';

/** Text for PostgreSQL, which has no zero character. */
export const withoutNul = (text: string) => text.replaceAll('\0', '');

const name = (max: number) =>
  z
    .string()
    .max(max)
    .transform((text) => withoutNul(text).trim());
/** Names divided by slashes, as in `Sales/Europe`; `''` is the top. */
const folder = name(200).transform((text) =>
  text
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('/'),
);

/** Query of the list: a part of the name, a folder with what is within it, a tag, whether it is live. */
export const workflowsQuery = pageQuery.extend({
  q: z.string().max(200).default(''),
  folder: folder.optional(),
  tag: name(50).optional(),
  live: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
});
export type WorkflowsQuery = z.infer<typeof workflowsQuery>;

/** Body of `PATCH /api/workflows/:id`: where it belongs. What is left out stays. */
export const organiseWorkflow = z
  .strictObject({
    folder: folder.optional(),
    tags: z
      .array(name(50).refine((tag) => tag !== '', 'must not be empty'))
      .max(20)
      .transform((tags) => [...new Set(tags)])
      .optional(),
  })
  .meta({ id: 'OrganiseWorkflow' });
export type OrganiseWorkflow = z.infer<typeof organiseWorkflow>;

/** Where a page of the list goes on. */
export const listPosition = z.object({
  sortKey: z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?[+-]\d{2}(:\d{2})?$/),
  id: z.uuid(),
});

/** What people write about a version. */
export const versionNote = name(2_000);

/** Body of `PATCH /api/workflows/:id/versions/:version`. */
export const noteVersion = z.strictObject({ note: versionNote }).meta({ id: 'NoteVersion' });
export type NoteVersion = z.infer<typeof noteVersion>;

export const workflowId = z.uuid().meta({ title: 'workflow' });
export const versionNumber = z.coerce.number().int().min(1).max(2_147_483_647).meta({ title: 'version' });

/**
 * The revision that `If-Match` names: `"7"`, `W/"7"` or `7`. With `*` any will do.
 * @returns `NaN`, which no revision equals, where the header names none of ours
 * @throws RevisionRequired without the header: who does not say what was read would undo what others did since
 */
export function revisionOf(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined) throw new RevisionRequired();
  if (ifMatch.trim() === '*') return undefined;
  const revision = /^(?:W\/)?"?(\d{1,10})"?$/.exec(ifMatch.trim())?.[1];
  return revision === undefined ? Number.NaN : Number(revision);
}
