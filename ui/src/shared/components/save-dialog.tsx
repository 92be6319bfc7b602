import { useId } from 'react';
import type { ReactNode } from 'react';
import { messageOf } from '../../api/client.js';
import { t } from '../i18n/i18n.js';
import { Button } from './button.js';
import { Dialog } from './dialog.js';

interface SaveDialogProps {
  title: string;
  description?: ReactNode;
  /** @defaultValue "Save" */
  action?: string;
  /** Whether there is enough to save. */
  isComplete: boolean;
  saving: { isPending: boolean; error: Error | null; mutate(): void };
  onClose(): void;
  children: ReactNode;
}

/** A form over the page that its button or Enter saves; why it was not saved is said below it. */
export function SaveDialog({ title, description, action, isComplete, saving, onClose, children }: SaveDialogProps) {
  const id = useId();
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" form={id} disabled={!isComplete || saving.isPending}>
            {action ?? t('common.save')}
          </Button>
        </>
      }
    >
      <form
        id={id}
        // The server says what is wrong, in the language of the page.
        noValidate
        autoComplete="off"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        {children}
        {saving.error && (
          <p role="alert" className="rounded-md bg-failed-soft px-3 py-2 text-13 text-failed">
            {messageOf(saving.error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
