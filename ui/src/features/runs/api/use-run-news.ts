import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { followRun } from '../../../api/live.js';
import type { StepProgress } from '../../../api/live.js';
import { runPageKey } from './use-run-overview.js';
import { takeProgress } from './use-step-progress.js';

/** Events are gathered for so long before the page asks again, in milliseconds. */
const gatherMs = 500;

/** Renews the page of a run when the run has news, and when the browser was asleep or without a connection. */
export function useRunNews(runId: string, open: boolean, lastSeq: number | undefined): void {
  const queryClient = useQueryClient();
  const ready = lastSeq !== undefined;
  useEffect(() => {
    if (!open || !ready) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const renew = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queryClient.invalidateQueries({ queryKey: runPageKey(runId) });
      }, gatherMs);
    };
    const handlers = { onEvent: renew, onProgress: (news: StepProgress) => takeProgress(queryClient, runId, news) };
    let stop = followRun(runId, handlers, lastSeq);
    const wakeUp = () => {
      if (document.visibilityState !== 'visible') return;
      stop();
      stop = followRun(runId, handlers, lastSeq);
      renew();
    };
    document.addEventListener('visibilitychange', wakeUp);
    window.addEventListener('online', wakeUp);
    return () => {
      clearTimeout(timer);
      stop();
      document.removeEventListener('visibilitychange', wakeUp);
      window.removeEventListener('online', wakeUp);
    };
    // Where the stream begins matters only when it is opened: `lastSeq` grows with every answer.
    // oxlint-disable-next-line react/exhaustive-deps -- see above
  }, [runId, open, ready, queryClient]);
}
