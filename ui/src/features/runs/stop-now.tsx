import { useState } from 'react';
import { post } from '../../api/client.js';
import { Button } from '../../shared/components/button.js';
import { Confirm } from '../../shared/components/confirm.js';
import { notifyError } from '../../shared/components/toasts.js';
import { t } from '../../shared/i18n/i18n.js';

/** Ends a run at once, after a warning: nothing is waited for and nothing undone. */
export function StopNow({ runId, onStopped }: { runId: string; onStopped(): Promise<void> }) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const stop = async () => {
    setBusy(true);
    await post(`/api/runs/${runId}/cancel`, { force: true }).catch(notifyError);
    await onStopped();
    setBusy(false);
    setOpen(false);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('runs.stop.open')}</Button>
      <Confirm
        open={open}
        title={t('runs.stop.ask')}
        action={t('runs.stop.action')}
        busy={busy}
        onConfirm={() => void stop()}
        onClose={() => setOpen(false)}
      >
        {t('runs.stop.text')}
      </Confirm>
    </>
  );
}
