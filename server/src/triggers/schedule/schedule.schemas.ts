import { z } from 'zod';
import { pageQuery } from '../../http/paging.types.js';

const moment = z
  .string()
  .max(50)
  .transform((text) => new Date(text))
  .refine(
    (date) => date.getFullYear() >= 1970 && date.getFullYear() < 10_000,
    'must be a date and time, as in 2026-01-31T10:00:00Z',
  );

const text = (max: number) =>
  z
    .string()
    .max(max)
    .transform((value) => value.replaceAll('\0', '').trim());

export const scheduleId = z.uuid().meta({ title: 'schedule' });

/** `all=true` also lists schedules that are not live any more. */
export const schedulesQuery = pageQuery.extend({
  workflowId: z.uuid().optional(),
  all: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true'),
});
export type SchedulesQuery = z.infer<typeof schedulesQuery>;

/** Where a page of schedules goes on. */
export const schedulePosition = z.object({ id: z.uuid() });
/** Where a page of firings goes on. */
export const firingPosition = z.object({ nominalAt: z.iso.datetime(), key: z.string().max(200) });

/** `count` times from now, or after `from`. */
export const nextQuery = z.object({
  count: z.coerce.number().int().min(1).max(100).default(10),
  from: moment.optional(),
});
export type NextQuery = z.infer<typeof nextQuery>;

/** Body of a pause: why, for others to read. */
export const pauseSchedule = z
  .strictObject({ note: text(1_000).optional() })
  .nullish()
  .meta({ id: 'PauseSchedule' });
export type PauseSchedule = z.infer<typeof pauseSchedule>;

/**
 * Body of a backfill: the range, both ends included. With `overlap` "buffer" the runs follow each other, with "allow" they
 * all start at once. Times that had a run are left out unless `again` is set.
 */
export const backfillSchedule = z
  .strictObject({
    from: moment,
    to: moment,
    overlap: z.enum(['buffer', 'allow']).default('buffer'),
    again: z.boolean().default(false),
  })
  .meta({ id: 'BackfillSchedule' });
export type BackfillSchedule = z.infer<typeof backfillSchedule>;

/** Body of a preview: parameters of a `core.schedule`, and the time zone of the workflow where they name none. */
export const previewSchedule = z
  .strictObject({
    parameters: z.record(z.string().max(100), z.unknown()),
    timezone: z.string().max(100).default('UTC'),
    count: z.number().int().min(1).max(100).default(5),
  })
  .meta({ id: 'PreviewSchedule' });
export type PreviewSchedule = z.infer<typeof previewSchedule>;
