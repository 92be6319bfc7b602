import { localeOf, perLanguage, t } from '../i18n/i18n.js';

const dayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const weekday = perLanguage((locale) => new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }));
const isNumber = (text: string | undefined): text is string => text !== undefined && /^\d{1,2}$/.test(text);

/** When a schedule starts, in words; a cron expression that has none stays as it is. `undefined` while it says no time. */
export function scheduleInWords({ cron, every }: Readonly<Record<string, unknown>>): string | undefined {
  const words = (Array.isArray(cron) ? cron : [cron]).filter(isText).map((one) => cronInWords(one) ?? one);
  if (isText(every)) words.push(t('schedules.every', { every }));
  return words.length > 0 ? words.join(' · ') : undefined;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** A cron expression in words, where it is one that people use; `undefined` of the others. */
export function cronInWords(cron: string): string | undefined {
  const parts = cron.trim().split(/\s+/);
  const fields = parts.length === 6 && parts[0] === '0' ? parts.slice(1) : parts;
  const [minute, hour, day, month, week] = fields;
  if (fields.length !== 5 || month !== '*') return undefined;
  const anyDay = day === '*' && week === '*';
  const step = /^\*\/(\d{1,2})$/.exec(minute ?? '')?.[1] ?? (minute === '*' ? '1' : undefined);
  if (step !== undefined && 60 % Number(step) === 0 && hour === '*' && anyDay)
    return t('schedules.words.minutes', { count: Number(step) });
  if (!isNumber(minute)) return undefined;
  if (hour === '*' && anyDay) return t('schedules.words.hourly', { minute: Number(minute) });
  if (!isNumber(hour)) return undefined;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (anyDay) return t('schedules.words.daily', { time });
  if (isNumber(day) && week === '*') return t('schedules.words.monthly', { day: Number(day), time });
  const days = day === '*' ? daysOf(week ?? '') : undefined;
  return days && t('schedules.words.weekly', { days, time });
}

function daysOf(week: string): string | undefined {
  const ranges = week.split(',').map((part) => part.split('-').map(dayOf));
  if (ranges.some((range) => range.length > 2 || range.includes(-1))) return undefined;
  // 4 January 1970 was a Sunday.
  const name = (day: number) => weekday().format((day + 3) * 86_400_000);
  const texts = ranges.map((range) => range.map(name).join(' – '));
  return new Intl.ListFormat(localeOf(), { type: 'conjunction' }).format(texts);
}

function dayOf(text: string): number {
  return /^[0-7]$/.test(text) ? Number(text) % 7 : dayNames.indexOf(text.toUpperCase());
}
