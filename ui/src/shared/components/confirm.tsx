import type { ReactNode } from 'react';
import { t } from '../i18n/i18n.js';
import { Button } from './button.js';
import { Dialog } from './dialog.js';

interface ConfirmProps {
  open: boolean;
  title: string;
  children: ReactNode;
  /** Says what will happen, for example "Delete workflow". */
  action: string;
  /** Whether something is lost by it. @defaultValue true */
  isDangerous?: boolean;
  busy?: boolean;
  onConfirm(): void;
  onClose(): void;
}

export function Confirm({
  open,
  title,
  children,
  action,
  isDangerous = true,
  busy = false,
  onConfirm,
  onClose,
}: ConfirmProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      width={420}
      footer={
        <>
          <Button onClick={onClose}>{t('confirm.keep')}</Button>
          <Button variant={isDangerous ? 'danger' : 'primary'} disabled={busy} onClick={onConfirm}>
            {action}
          </Button>
        </>
      }
    >
      <p className="text-13 text-muted">{children}</p>
    </Dialog>
  );
}
