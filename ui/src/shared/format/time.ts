import { perLanguage, t } from '../i18n/i18n.js';
import { formatTenths } from './count.js';

/** "340 ms", "1.2 s", "4 m 05 s", "6 h 04 m". */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return '–';
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${ms < 10_000 ? formatTenths(ms / 1_000) : (ms / 1_000).toFixed(0)} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} m ${pad(Math.floor((ms % 60_000) / 1_000))} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${pad(minutes % 60)} m`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Time between two instants; an open end counts up to `now`. */
export function durationBetween(
  start: string | null | undefined,
  end: string | null | undefined,
  now = Date.now(),
): number | undefined {
  if (!start) return undefined;
  return (end ? Date.parse(end) : now) - Date.parse(start);
}

const clock = perLanguage((locale) => new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }));
const sameDay = perLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', second: '2-digit' }),
);
const otherDay = perLanguage(
  (locale) =>
    new Intl.DateTimeFormat(locale, {
      day: 'numeric',
      month: 'short',
      hour: 'numeric',
      minute: '2-digit',
    }),
);
const otherYear = perLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }),
);
const full = perLanguage((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' }));

/** The time of day for today, else day and time. */
export function formatInstant(instant: string | number | null | undefined, now = new Date()): string {
  if (instant === null || instant === undefined) return '–';
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return '–';
  return (date.toDateString() === now.toDateString() ? sameDay : otherDay)().format(date);
}

/** For lists: "Today, 15:31", "Yesterday, 09:02", "21 Nov, 18:40"; the year where it is another one. */
export function formatDay(instant: string | number | null | undefined, now = new Date()): string {
  if (instant === null || instant === undefined) return '–';
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return '–';
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (date.toDateString() === now.toDateString()) return t('common.today', { time: clock().format(date) });
  if (date.toDateString() === yesterday.toDateString()) return t('common.yesterday', { time: clock().format(date) });
  return (date.getFullYear() === now.getFullYear() ? otherDay : otherYear)().format(date);
}

export function formatInstantFully(instant: string | number | null | undefined): string {
  if (instant === null || instant === undefined) return '';
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? '' : full().format(date);
}

const pad = (value: number) => String(value).padStart(2, '0');
