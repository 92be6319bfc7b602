import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../shared/components/button.js';
import { Confirm } from '../../shared/components/confirm.js';
import { notify, notifyError } from '../../shared/components/toasts.js';
import { deleteRun } from './api/delete-run.js';
import { t } from '../../shared/i18n/i18n.js';

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
      notify(t('runs.delete.done'));
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
        {t('common.delete')}
      </Button>
      <Confirm
        open={open}
        title={t('runs.delete.ask')}
        action={t('runs.delete.action')}
        busy={busy}
        onConfirm={() => void confirm()}
        onClose={() => setOpen(false)}
      >
        {t('runs.delete.text')}
      </Confirm>
    </>
  );
}
