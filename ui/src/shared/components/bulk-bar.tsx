import type { ReactNode } from 'react';
import { t } from '../i18n/i18n.js';
import type { BulkProgress } from './bulk.js';
import { Button } from './button.js';

interface BulkBarProps {
  count: number;
  progress: BulkProgress | undefined;
  /** What was done, where "done" would say too much: it goes on elsewhere. */
  doneText?: ((progress: BulkProgress) => string) | undefined;
  /** What one may want to see after it. */
  after?: ReactNode;
  onClear(): void;
  children: ReactNode;
}

/** What can be done with all that is chosen, how far it is, and what could not be done. */
export function BulkBar({ count, progress, doneText, after, onClear, children }: BulkBarProps) {
  if (count === 0 && !progress) return null;
  const isWorking = progress !== undefined && progress.done < progress.total;
  return (
    <div
      role="region"
      aria-label={t('bulk.label')}
      className="mb-3 rounded-card border border-accent/50 bg-accent-soft px-4 py-2"
    >
      <div className="flex flex-wrap items-center gap-2">
        <span role="status" className="mr-2 font-medium">
          {progress
            ? doneText
              ? doneText(progress)
              : t(progress.failures.length > 0 ? 'bulk.progressFailed' : 'bulk.progress', {
                  done: progress.done,
                  total: progress.total,
                  failed: progress.failures.length,
                })
            : t('bulk.chosen', { count })}
        </span>
        {!progress && children}
        {progress && !isWorking && after}
        <Button dense variant="quiet" disabled={isWorking} onClick={onClear}>
          {t(progress ? 'common.close' : 'common.clear')}
        </Button>
      </div>
      {progress && progress.failures.length > 0 && (
        <ul className="thin-scroll mt-1.5 max-h-40 overflow-auto text-12">
          {progress.failures.map(({ name, message }, index) => (
            <li key={index}>
              <b className="font-medium">{name}</b>: {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
