import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { RotateCcw, Square, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { RunSummary } from '../../api/types.js';
import { BulkBar } from '../../shared/components/bulk-bar.js';
import { forEachOf } from '../../shared/components/bulk.js';
import type { BulkProgress } from '../../shared/components/bulk.js';
import { Button } from '../../shared/components/button.js';
import { Confirm } from '../../shared/components/confirm.js';
import { t } from '../../shared/i18n/i18n.js';
import { cancelRun } from '../../shared/runs/api/cancel-run.js';
import { isOpen } from '../../shared/runs/api/use-run.js';
import { deleteRun } from './api/delete-run.js';
import { retryRun } from './api/retry-run.js';

type Work = 'retry' | 'cancel' | 'delete';

// Of a run that failed, what ended well is not done again.
const does: Record<Work, (run: RunSummary) => Promise<unknown>> = {
  retry: ({ id }) => retryRun(id, {}),
  cancel: ({ id }) => cancelRun(id),
  delete: ({ id }) => deleteRun(id),
};

/** Retries, cancels or deletes all runs that are chosen, one after another. */
export function RunBulkBar({ runs, onClear }: { runs: RunSummary[]; onClear(): void }) {
  const [asked, setAsked] = useState<Work>();
  const [progress, setProgress] = useState<BulkProgress>();
  const [retried, setRetried] = useState(false);
  const queryClient = useQueryClient();
  const open = runs.filter(({ status }) => isOpen(status));
  const ended = runs.filter(({ status }) => !isOpen(status));
  const fit = asked === 'cancel' ? open : ended;
  const work = asked ?? 'retry';
  const start = async () => {
    if (asked === undefined) return;
    setAsked(undefined);
    setRetried(asked === 'retry');
    await forEachOf(fit, (run) => `${run.workflowName ?? t('runs.one')} ${run.id.slice(-8)}`, does[asked], setProgress);
    await queryClient.invalidateQueries({ queryKey: ['runs'] });
  };
  return (
    <BulkBar
      count={runs.length}
      progress={progress}
      doneText={retried ? retriedText : undefined}
      onClear={() => {
        setProgress(undefined);
        setRetried(false);
        onClear();
      }}
      after={
        retried && (
          <Link to="/runs" search={{ startedBy: 'retry' }} className="text-12 text-accent underline">
            {t('runs.bulk.retry.show')}
          </Link>
        )
      }
    >
      <Button dense icon={<RotateCcw size={13} />} disabled={ended.length === 0} onClick={() => setAsked('retry')}>
        {t('runs.bulk.retry', { count: ended.length })}
      </Button>
      <Button dense icon={<Square size={11} />} disabled={open.length === 0} onClick={() => setAsked('cancel')}>
        {t('runs.bulk.cancel', { count: open.length })}
      </Button>
      <Button dense icon={<Trash2 size={13} />} disabled={ended.length === 0} onClick={() => setAsked('delete')}>
        {t('runs.bulk.delete', { count: ended.length })}
      </Button>
      <Confirm
        open={asked !== undefined}
        title={t(`runs.bulk.${work}.ask`, { count: fit.length })}
        action={t(`runs.bulk.${work}.action`)}
        isDangerous={work !== 'retry'}
        onClose={() => setAsked(undefined)}
        onConfirm={() => void start()}
      >
        {t(`runs.bulk.${work}.text`)}
      </Confirm>
    </BulkBar>
  );
}

/** A retry is a new run that was only begun: how it ends is seen in the list. */
const retriedText = ({ done, total, failures }: BulkProgress): string =>
  failures.length === 0
    ? t('runs.bulk.retry.progress', { done, total })
    : t('runs.bulk.retry.progressFailed', { done: done - failures.length, total, failed: failures.length });
