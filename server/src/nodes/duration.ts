import { Duration } from 'luxon';

const unitMs: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const written = /^(?:\d+(?:\.\d+)?(?:ms|[smhdw]))+$/;
const part = /(\d+(?:\.\d+)?)(ms|[smhdw])/g;

/** Longest duration that is understood: ten thousand years, so that dates stay dates. */
const maxMs = 10_000 * 366 * unitMs['d']!;

/**
 * Reads a duration: `90s`, `30m`, `1h30m`, `2d`, `1w`, `500ms`, or ISO 8601 (`PT30M`). A plain number is milliseconds.
 * @returns milliseconds, or `undefined` when it is none
 */
export function parseDuration(value: unknown): number | undefined {
  const durationMs = typeof value === 'number' ? value : typeof value === 'string' ? ofText(value.trim()) : undefined;
  const isUsable = durationMs !== undefined && Number.isFinite(durationMs) && durationMs >= 0 && durationMs <= maxMs;
  return isUsable ? Math.round(durationMs) : undefined;
}

function ofText(text: string): number | undefined {
  const compact = text.replaceAll(/\s+/g, '').toLowerCase();
  if (written.test(compact)) {
    return [...compact.matchAll(part)].reduce((sum, [, count, unit]) => sum + Number(count) * unitMs[unit!]!, 0);
  }
  const iso = Duration.fromISO(text);
  return /^p/i.test(text) && iso.isValid ? iso.toMillis() : undefined;
}
