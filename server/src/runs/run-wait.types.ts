import { z } from 'zod';
import { parseDuration } from '../nodes/duration.js';

/** Longest that a request may wait for the end of a run, in milliseconds. */
const longestWaitMs = 300_000;

/** `?wait=30s`: how long to wait for the end of the run. */
export const runWaitQuery = z.object({
  wait: z
    .string()
    .max(20)
    .transform((text, context) => {
      const waitMs = parseDuration(/^\d+$/.test(text) ? `${text}s` : text);
      if (waitMs === undefined) context.addIssue({ code: 'custom', message: 'must be a duration, as in 30s' });
      return Math.min(waitMs ?? 0, longestWaitMs);
    })
    .default(0),
});
export type RunWaitQuery = z.infer<typeof runWaitQuery>;
