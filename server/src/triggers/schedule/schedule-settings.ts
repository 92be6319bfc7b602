import { parseDuration } from '../../nodes/duration.js';
import { asText, asTexts } from '../../nodes/parameter-shapes.js';

/** What to do with a start while a run of the same schedule is still going. */
export type Overlap = 'skip' | 'buffer' | 'allow';

/** When a schedule node starts runs: its parameters with the defaults filled in. */
export interface ScheduleSettings {
  cron: string[];
  /** As it was written. */
  every: string | null;
  everyMs: number | null;
  timezone: string;
  /** As it was written. */
  catchUp: string;
  catchUpMs: number;
  overlap: Overlap;
}

const defaultCatchUp = '10m';

/** Reads the parameters of a `core.schedule` that was found valid. `timezone` is the one of the workflow. */
export function scheduleSettingsOf(parameters: Record<string, unknown>, timezone: string): ScheduleSettings {
  const every = asText(parameters['every']) ?? null;
  const catchUp = asText(parameters['catchUp']) ?? defaultCatchUp;
  return {
    cron: asTexts(parameters['cron']),
    every,
    everyMs: every === null ? null : parseDuration(parameters['every'])!,
    timezone: asText(parameters['timezone']) ?? timezone,
    catchUp,
    catchUpMs: parseDuration(parameters['catchUp'] ?? catchUp) ?? parseDuration(defaultCatchUp)!,
    overlap: (asText(parameters['overlap']) ?? 'skip') as Overlap,
  };
}
