import type { StepStory } from '../../../api/types.js';
import type { StepProgress } from '../../../api/live.js';
import { formatDuration } from '../../../shared/format/time.js';
import { t } from '../../../shared/i18n/i18n.js';

/** What a visit at work said of itself last; nothing of an earlier attempt, and nothing once it has ended. */
export function progressOf(
  visit: Pick<StepStory, 'id' | 'status' | 'attempt'> | undefined,
  byStep: ReadonlyMap<string, StepProgress>,
): StepProgress | undefined {
  const told = visit?.status === 'running' ? byStep.get(visit.id) : undefined;
  return told?.attempt === visit?.attempt ? told : undefined;
}

/** "40 % · uploading · for 12 s". */
export function progressNote({ fraction, text, since }: StepProgress, now: number): string {
  const parts = [
    `${Math.floor(fraction * 100)} %`,
    text,
    t('runs.since', { time: formatDuration(Math.max(0, now - since)) }),
  ];
  return parts.filter(Boolean).join(' · ');
}
