import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../shared/components/button.js';
import { Confirm } from '../../shared/components/confirm.js';
import { notify, notifyError } from '../../shared/components/toasts.js';
import { deleteRun } from './api/delete-run.js';

/** Deletes an ended run, after a question, and goes back to the list. */
export function DeleteRun({ runId }: { runId: string }) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const confirm = async () => {
    setBusy(true);
    try {
      await deleteRun(runId);
      notify('The run is deleted.');
      await navigate({ to: '/runs', search: {} });
      await queryClient.invalidateQueries({ queryKey: ['runs'] });
    } catch (error) {
      notifyError(error);
      setBusy(false);
      setOpen(false);
    }
  };
  return (
    <>
      <Button icon={<Trash2 size={14} />} onClick={() => setOpen(true)}>
        Delete
      </Button>
      <Confirm
        open={open}
        title="Delete this run?"
        action="Delete run"
        busy={busy}
        onConfirm={() => void confirm()}
        onClose={() => setOpen(false)}
      >
        Its steps, items, files and history go for good. What it did elsewhere stays done.
      </Confirm>
    </>
  );
}
