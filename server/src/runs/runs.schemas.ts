import { z } from 'zod';
import { pageQuery } from '../http/paging.types.js';
import { runStarters, runStatuses } from './run.types.js';

const moment = z
  .string()
  .transform((text) => new Date(text))
  .refine(
    (date) => date.getFullYear() > 0 && date.getFullYear() < 10_000,
    'must be a date and time, as in 2026-01-31T10:00:00Z',
  );

const several = <Name extends string>(names: readonly Name[]) =>
  z
    .string()
    .transform((text) => text.split(',').filter((name) => name !== ''))
    .pipe(z.array(z.enum(names)).min(1));

/** Query of the list: `status` and `startedBy` may name several, divided by commas. */
export const runsQuery = pageQuery.extend({
  status: several(runStatuses).optional(),
  startedBy: several(runStarters).optional(),
  workflowId: z.uuid().optional(),
  version: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  mode: z.enum(['production', 'test']).optional(),
  from: moment.optional(),
  to: moment.optional(),
  q: z
    .string()
    .max(200)
    .transform((text) => text.replaceAll('\0', '').trim())
    .optional(),
});
export type RunsQuery = z.infer<typeof runsQuery>;

/** Where a page of the list goes on: the last run of the page before. */
export const listPosition = z.object({ id: z.uuid() });

export const runId = z.uuid().meta({ title: 'run' });
export const fileId = z.uuid().meta({ title: 'file' });
/** Keys of steps are hashes of their path. */
export const stepId = z
  .string()
  .regex(/^[\w.:-]{1,200}$/)
  .meta({ title: 'step' });

/** `q` leaves the items that hold this text anywhere; `offset` counts those then. */
export const itemsQuery = z.object({
  port: z.string().max(200).optional(),
  side: z.enum(['output', 'input']).default('output'),
  q: z.string().max(200).default(''),
  offset: z.coerce.number().int().min(0).max(1_000_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});
export type ItemsQuery = z.infer<typeof itemsQuery>;

/** All items of a side, or of one of its ports, as a file. */
export const itemsFileQuery = itemsQuery
  .pick({ port: true, side: true })
  .extend({ format: z.enum(['json', 'csv', 'jsonl']).default('json') });
export type ItemsFileQuery = z.infer<typeof itemsFileQuery>;

/** Body of `POST /api/runs/delete`. */
export const deleteRuns = z.object({ ids: z.array(z.uuid()).min(1).max(500) }).meta({ id: 'DeleteRuns' });
export type DeleteRuns = z.infer<typeof deleteRuns>;
