import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { notify, notifyError } from '../../shared/components/toasts.js';
import { retryRun } from './api/retry-run.js';
import type { RetryRequest } from './api/retry-run.js';
import { t } from '../../shared/i18n/i18n.js';

/** Starts a new run from an ended one and opens it. */
export function useRetry(runId: string) {
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const open = (id: string) => void navigate({ to: '/runs/$runId', params: { runId: id }, search: {} });
  const start = async (request: RetryRequest) => {
    setBusy(true);
    try {
      const id = await retryRun(runId, request);
      notify(t('runs.newRun'));
      open(id);
    } catch (error) {
      notifyError(error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, start, open };
}
