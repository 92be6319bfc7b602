import type { WaitingFor } from '../../../api/types.js';
import { t } from '../../../shared/i18n/i18n.js';
import { countdown } from './countdown.js';

/** What a run of the list waits for, in a few words. */
export function waitingText({ kind, step = '', until, count }: WaitingFor, now: number): string {
  const text = kind === 'timer' && until ? countdown(Date.parse(until), now) : t(`runs.waitsFor.${kind}`, { step });
  return count > 1 ? t('runs.waitsFor.more', { text, more: count - 1 }) : text;
}
