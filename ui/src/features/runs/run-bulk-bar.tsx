import { useQueryClient } from '@tanstack/react-query';
import { RotateCcw, Square } from 'lucide-react';
import { useState } from 'react';
import type { RunSummary } from '../../api/types.js';
import { BulkBar } from '../../shared/components/bulk-bar.js';
import { forEachOf } from '../../shared/components/bulk.js';
import type { BulkProgress } from '../../shared/components/bulk.js';
import { Button } from '../../shared/components/button.js';
import { Confirm } from '../../shared/components/confirm.js';
import { countOf } from '../../shared/format/count.js';
import { cancelRun } from '../../shared/runs/api/cancel-run.js';
import { isOpen } from '../../shared/runs/api/use-run.js';
import { retryRun } from './api/retry-run.js';

type Work = 'retry' | 'cancel';

/** Retries or cancels all runs that are chosen, one after another. */
export function RunBulkBar({ runs, onClear }: { runs: RunSummary[]; onClear(): void }) {
  const [asked, setAsked] = useState<Work>();
  const [progress, setProgress] = useState<BulkProgress>();
  const queryClient = useQueryClient();
  const open = runs.filter(({ status }) => isOpen(status));
  const ended = runs.filter(({ status }) => !isOpen(status));
  const fit = asked === 'cancel' ? open : ended;
  const start = async () => {
    const work = asked;
    setAsked(undefined);
    await forEachOf(
      fit,
      (run) => `${run.workflowName ?? 'Run'} ${run.id.slice(-8)}`,
      // A failed run is retried from the step that failed; what it did before is not done again.
      (run) => (work === 'cancel' ? cancelRun(run.id) : retryRun(run.id, fromFailed(run))),
      setProgress,
    );
    await queryClient.invalidateQueries({ queryKey: ['runs'] });
  };
  return (
    <BulkBar
      noun="run"
      count={runs.length}
      progress={progress}
      onClear={() => {
        setProgress(undefined);
        onClear();
      }}
    >
      <Button dense icon={<RotateCcw size={13} />} disabled={ended.length === 0} onClick={() => setAsked('retry')}>
        Retry {ended.length}
      </Button>
      <Button dense icon={<Square size={11} />} disabled={open.length === 0} onClick={() => setAsked('cancel')}>
        Cancel {open.length}
      </Button>
      <Confirm
        open={asked !== undefined}
        title={asked === 'cancel' ? `Cancel ${countOf(fit.length, 'run')}?` : `Retry ${countOf(fit.length, 'run')}?`}
        action={asked === 'cancel' ? 'Cancel them' : 'Retry them'}
        onClose={() => setAsked(undefined)}
        onConfirm={() => void start()}
      >
        {asked === 'cancel'
          ? 'They stop where they are. What their steps did so far stays done.'
          : 'Each gets a new run. Failed runs go on at the step that failed, others begin again.'}
      </Confirm>
    </BulkBar>
  );
}

const fromFailed = (run: RunSummary) =>
  run.status === 'failed' && run.error?.nodeId !== undefined ? { from: run.error.nodeId } : {};
