import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { RotateCcw, Send } from 'lucide-react';
import { Button } from '../../shared/components/button.js';
import { Dialog } from '../../shared/components/dialog.js';
import { Loading, LoadError } from '../../shared/components/page.js';
import { notifyError } from '../../shared/components/toasts.js';
import { formatDay } from '../../shared/format/time.js';
import { t } from '../../shared/i18n/i18n.js';
import { eventTexts } from './event-texts.js';
import { deliveriesKey, sendAgain, testNotification, useDeliveries } from './api/notifications.js';
import type { Delivery, Notification } from './api/notifications.js';
import { toldMessage } from '../../shared/i18n/server-texts.js';

const colours: Record<Delivery['state'], string> = {
  pending: 'text-waiting',
  delivered: 'text-ok',
  failed: 'text-failed',
};

/** What an address was told, and whether it took it. */
export function DeliveriesDialog({ notification, onClose }: { notification: Notification; onClose(): void }) {
  const { id, name } = notification;
  const deliveries = useDeliveries(id);
  const queryClient = useQueryClient();
  const act = async (action: () => Promise<unknown>) => {
    await action().catch(notifyError);
    await queryClient.invalidateQueries({ queryKey: deliveriesKey(id) });
  };
  return (
    <Dialog
      open
      width={720}
      onClose={onClose}
      title={t('notifications.deliveriesOf', { name })}
      description={t('notifications.deliveriesIntro')}
      footer={
        <>
          <Button icon={<Send size={14} aria-hidden />} onClick={() => void act(() => testNotification(id))}>
            {t('notifications.test')}
          </Button>
          <Button onClick={onClose}>{t('common.close')}</Button>
        </>
      }
    >
      {deliveries.isPending && <Loading />}
      {deliveries.isError && <LoadError error={deliveries.error} />}
      {deliveries.data?.length === 0 && <p className="py-4 text-13 text-muted">{t('notifications.noDeliveries')}</p>}
      {deliveries.data && deliveries.data.length > 0 && (
        <ul className="rounded-card border border-line">
          {deliveries.data.map((delivery) => (
            <DeliveryRow
              key={delivery.id}
              delivery={delivery}
              onSend={() => void act(() => sendAgain(id, delivery.id))}
            />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function DeliveryRow({ delivery, onSend }: { delivery: Delivery; onSend(): void }) {
  const { event, runId, state, tries, error, createdAt } = delivery;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-2 text-13 last:border-0">
      <span className="min-w-48 flex-1">
        <span className="font-medium">{t(eventTexts[event])}</span>{' '}
        {runId && (
          <Link to="/runs/$runId" params={{ runId }} className="text-accent hover:underline">
            {t('notifications.run')}
          </Link>
        )}
        <span className="block text-12 text-muted">{formatDay(createdAt)}</span>
        {error && <span className="block text-12 break-words text-failed">{toldMessage(error)}</span>}
      </span>
      <span className={colours[state]}>
        {t(`notifications.state.${state}`)}
        {tries > 1 && <span className="text-muted">, {t('notifications.tries', { count: tries })}</span>}
      </span>
      <Button dense icon={<RotateCcw size={13} aria-hidden />} onClick={onSend}>
        {t('notifications.sendAgain')}
      </Button>
    </li>
  );
}
