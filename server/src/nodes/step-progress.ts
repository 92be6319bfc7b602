/** How far a step says it is. */
export interface StepProgress {
  /** From 0 to 1. */
  fraction: number;
  /** What it is doing. */
  text?: string;
}

/** Takes how far a step is; what is said is only asked for when it is told on. */
export type ReportProgress = (say: () => StepProgress) => void;

const maxTextChars = 200;

/** What user code or a plugin reported; undefined where it is no progress. */
export function readProgress({ fraction, text }: { fraction?: unknown; text?: unknown }): StepProgress | undefined {
  if (typeof fraction !== 'number' || Number.isNaN(fraction)) return undefined;
  const share = Math.min(1, Math.max(0, fraction));
  const told = typeof text === 'string' ? text.trim().slice(0, maxTextChars) : '';
  return told === '' ? { fraction: share } : { fraction: share, text: told };
}
