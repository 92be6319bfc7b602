import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { followRuns } from '../../api/live.js';
import { isFarBack } from './api/use-runs.js';

/** Renews lists of runs when a run of the project changes, once a second at most. */
export function useRunsNews(): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const renew = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queryClient.invalidateQueries({ queryKey: ['runs'], predicate: ({ state }) => !isFarBack(state.data) });
      }, 1_000);
    };
    const stop = followRuns(renew, renew);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [queryClient]);
}
