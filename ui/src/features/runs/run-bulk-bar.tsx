import { useQueryClient } from '@tanstack/react-query';
import { RotateCcw, Square, Trash2 } from 'lucide-react';
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
import { deleteRun } from './api/delete-run.js';
import { retryRun } from './api/retry-run.js';

type Work = 'retry' | 'cancel' | 'delete';

const words: Record<Work, { verb: string; what: string }> = {
  retry: {
    verb: 'Retry',
    what: 'Each gets a new run. Failed runs go on at the step that failed, others begin again.',
  },
  cancel: { verb: 'Cancel', what: 'They stop where they are. What their steps did so far stays done.' },
  delete: {
    verb: 'Delete',
    what: 'Their steps, items, files and history go for good. What they did elsewhere stays done.',
  },
};

// A failed run is retried from the step that failed; what it did before is not done again.
const does: Record<Work, (run: RunSummary) => Promise<unknown>> = {
  retry: (run) => retryRun(run.id, fromFailed(run)),
  cancel: ({ id }) => cancelRun(id),
  delete: ({ id }) => deleteRun(id),
};

/** Retries, cancels or deletes all runs that are chosen, one after another. */
export function RunBulkBar({ runs, onClear }: { runs: RunSummary[]; onClear(): void }) {
  const [asked, setAsked] = useState<Work>();
  const [progress, setProgress] = useState<BulkProgress>();
  const queryClient = useQueryClient();
  const open = runs.filter(({ status }) => isOpen(status));
  const ended = runs.filter(({ status }) => !isOpen(status));
  const fit = asked === 'cancel' ? open : ended;
  const { verb, what } = words[asked ?? 'retry'];
  const start = async () => {
    if (asked === undefined) return;
    const work = does[asked];
    setAsked(undefined);
    await forEachOf(fit, (run) => `${run.workflowName ?? 'Run'} ${run.id.slice(-8)}`, work, setProgress);
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
      <Button dense icon={<Trash2 size={13} />} disabled={ended.length === 0} onClick={() => setAsked('delete')}>
        Delete {ended.length}
      </Button>
      <Confirm
        open={asked !== undefined}
        title={`${verb} ${countOf(fit.length, 'run')}?`}
        action={`${verb} them`}
        onClose={() => setAsked(undefined)}
        onConfirm={() => void start()}
      >
        {what}
      </Confirm>
    </BulkBar>
  );
}

const fromFailed = (run: RunSummary) =>
  run.status === 'failed' && run.error?.nodeId !== undefined ? { from: run.error.nodeId } : {};
