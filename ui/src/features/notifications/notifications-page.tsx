import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Bell, KeyRound, List, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../shared/components/button.js';
import { Confirm } from '../../shared/components/confirm.js';
import { Empty, Loading, LoadError, Page } from '../../shared/components/page.js';
import { notifyError } from '../../shared/components/toasts.js';
import { t } from '../../shared/i18n/i18n.js';
import { eventTexts } from './event-texts.js';
import { changeSecret, deleteNotification, notificationsKey, useNotifications } from './api/notifications.js';
import type { Notification } from './api/notifications.js';
import { DeliveriesDialog } from './deliveries-dialog.js';
import { NotificationDialog } from './notification-dialog.js';
import { SecretOnce } from './secret-once.js';

/** Addresses that are told what happens to runs. */
export function NotificationsPage() {
  const [creating, setCreating] = useState(false);
  const [secret, setSecret] = useState<string>();
  const notifications = useNotifications();
  const add = (
    <Button variant="primary" icon={<Plus size={15} />} onClick={() => setCreating(true)}>
      {t('notifications.new')}
    </Button>
  );
  return (
    <Page title={t('notifications.title')} actions={add}>
      {secret && <SecretOnce secret={secret} onDone={() => setSecret(undefined)} />}
      {notifications.isPending && <Loading />}
      {notifications.isError && <LoadError error={notifications.error} onRetry={() => void notifications.refetch()} />}
      {notifications.data?.length === 0 && (
        <Empty icon={<Bell size={24} />} title={t('notifications.none')} action={add}>
          {t('notifications.empty')}
        </Empty>
      )}
      {notifications.data && notifications.data.length > 0 && (
        <ul className="rounded-card border border-line bg-surface">
          {notifications.data.map((notification) => (
            <NotificationRow key={notification.id} notification={notification} onSecret={setSecret} />
          ))}
        </ul>
      )}
      {creating && <NotificationDialog onClose={() => setCreating(false)} onCreated={setSecret} />}
    </Page>
  );
}

interface RowProps {
  notification: Notification;
  onSecret(secret: string): void;
}

function NotificationRow({ notification, onSecret }: RowProps) {
  const [layer, setLayer] = useState<'edit' | 'delete' | 'deliveries' | 'secret'>();
  const queryClient = useQueryClient();
  const close = () => setLayer(undefined);
  const deletion = useMutation({
    mutationFn: () => deleteNotification(notification.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: notificationsKey }),
    onError: notifyError,
  });
  const renewal = useMutation({
    mutationFn: () => changeSecret(notification.id),
    onSuccess: (answer) => onSecret(answer.secret),
    onError: notifyError,
  });
  const { name, url, events, isOn } = notification;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2.5 last:border-0 hover:bg-hover">
      <span className="min-w-48 flex-1">
        <button type="button" className="font-medium hover:text-accent" onClick={() => setLayer('edit')}>
          {name}
        </button>
        {!isOn && <span className="ml-2 text-12 text-muted">{t('notifications.off')}</span>}
        <span className="block truncate font-mono text-12 text-muted">{url}</span>
        <span className="block text-12 text-muted">{events.map((event) => t(eventTexts[event])).join(' · ')}</span>
      </span>
      <Button dense icon={<List size={13} aria-hidden />} onClick={() => setLayer('deliveries')}>
        {t('notifications.deliveries')}
      </Button>
      <IconButton label={t('notifications.secretOf', { name })} onClick={() => setLayer('secret')}>
        <KeyRound size={15} />
      </IconButton>
      <IconButton label={t('common.deleteNamed', { name })} onClick={() => setLayer('delete')}>
        <Trash2 size={15} />
      </IconButton>
      {layer === 'edit' && <NotificationDialog notification={notification} onClose={close} />}
      {layer === 'deliveries' && <DeliveriesDialog notification={notification} onClose={close} />}
      <Confirm
        open={layer === 'secret'}
        title={t('notifications.secretOf', { name })}
        action={t('notifications.secretNew')}
        busy={renewal.isPending}
        onClose={close}
        onConfirm={() => renewal.mutate(undefined, { onSettled: close })}
      >
        {t('notifications.secretText')}
      </Confirm>
      <Confirm
        open={layer === 'delete'}
        title={t('common.deleteAsk', { name })}
        action={t('notifications.delete')}
        busy={deletion.isPending}
        onClose={close}
        onConfirm={() => deletion.mutate(undefined, { onSettled: close })}
      >
        {t('notifications.deleteText')}
      </Confirm>
    </li>
  );
}
