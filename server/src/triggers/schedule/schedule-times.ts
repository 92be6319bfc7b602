import type { Cron } from 'croner';
import { DateTime } from 'luxon';
import { parseCron } from '../../nodes/cron.js';
import type { ScheduleSettings } from './schedule-settings.js';

export type TimeSettings = Pick<ScheduleSettings, 'cron' | 'everyMs' | 'timezone'>;

const maxParsed = 2_000;
const parsed = new Map<string, Cron>();

/**
 * The first time after `after`, both in milliseconds since 1970; `undefined` where there is none.
 *
 * Where clocks change: a start at an hour that does not exist comes at the first moment after the gap, one at an hour that
 * comes twice comes at the first of them. Expressions of every hour or every minute follow the time that really passes.
 */
export function nextTime({ cron, everyMs, timezone }: TimeSettings, after: number): number | undefined {
  const times = cron.map((text) => cronOf(text, timezone).nextRun(new Date(after))?.getTime());
  if (everyMs !== null) times.push((Math.floor(after / everyMs) + 1) * everyMs);
  const real = times.filter((time) => time !== undefined);
  return real.length === 0 ? undefined : Math.min(...real);
}

/** Times after `after` up to and with `until`, `limit` of them at most. */
export function timesAfter(settings: TimeSettings, after: number, until: number, limit: number): number[] {
  const times: number[] = [];
  let time = nextTime(settings, after);
  while (time !== undefined && time <= until && times.length < limit) {
    times.push(time);
    time = nextTime(settings, time);
  }
  return times;
}

/** ISO 8601 with the offset of the zone at that time. */
export function localIso(time: number, timezone: string): string {
  return DateTime.fromMillis(time, { zone: timezone }).toISO()!;
}

/** Parsing costs as much as asking for a time. */
function cronOf(text: string, timezone: string): Cron {
  const key = `${timezone}\n${text}`;
  const known = parsed.get(key) ?? parseCron(text, timezone);
  parsed.delete(key);
  parsed.set(key, known);
  if (parsed.size > maxParsed) parsed.delete(parsed.keys().next().value!);
  return known;
}
