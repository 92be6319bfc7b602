import { useState } from 'react';
import { post } from '../../api/client.js';
import { Button } from '../../shared/components/button.js';
import { Confirm } from '../../shared/components/confirm.js';
import { notifyError } from '../../shared/components/toasts.js';

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
      <Button onClick={() => setOpen(true)}>Stop now…</Button>
      <Confirm
        open={open}
        title="Stop this run at once?"
        action="Stop now"
        busy={busy}
        onConfirm={() => void stop()}
        onClose={() => setOpen(false)}
      >
        It ends in the middle of what it does: nothing is waited for, and nothing that was done is undone. Cancel the
        run instead to have it undo what it did.
      </Confirm>
    </>
  );
}
