import { z } from 'zod';

/** Why a run is paused where the person who did it gives no reason. */
export const defaultReason = 'A person paused it.';

/** Body of `POST /api/runs/:id/pause`. */
export const pauseRun = z
  .strictObject({ reason: z.string().min(1).max(1_000).default(defaultReason) })
  .default({ reason: defaultReason })
  .meta({ id: 'PauseRun' });
export type PauseRun = z.infer<typeof pauseRun>;
