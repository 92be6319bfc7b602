import { z } from 'zod';

export const jobId = z.string().min(1).max(200);

/** Query of `GET /api/jobs/dead`. `cursor` is what the page before gave. */
export const deadJobsQuery = z.object({
  cursor: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type DeadJobsQuery = z.infer<typeof deadJobsQuery>;
