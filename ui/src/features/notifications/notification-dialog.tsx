import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { SaveDialog } from '../../shared/components/save-dialog.js';
import { t } from '../../shared/i18n/i18n.js';
import { eventTexts } from './event-texts.js';
import { eventNames, notificationsKey, saveNotification, useWorkflowChoices } from './api/notifications.js';
import type { Notification, NotificationContent } from './api/notifications.js';

interface NotificationDialogProps {
  /** The one to change; without it a new one is made. */
  notification?: Notification | undefined;
  onClose(): void;
  /** Given the secret of a new one. */
  onCreated?(secret: string): void;
}

const fresh: NotificationContent = { name: '', url: '', events: ['run.failed'], workflowId: null, isOn: true };

export function NotificationDialog({ notification, onClose, onCreated }: NotificationDialogProps) {
  const [content, setContent] = useState<NotificationContent>(notification ?? fresh);
  const workflows = useWorkflowChoices();
  const queryClient = useQueryClient();
  const { name, url, events, workflowId, isOn } = content;
  const change = (part: Partial<NotificationContent>) => setContent({ ...content, ...part });
  const saving = useMutation({
    mutationFn: () =>
      saveNotification(notification?.id, { name: name.trim(), url: url.trim(), events, workflowId, isOn }),
    onSuccess: ({ secret }) => {
      onClose();
      if (secret !== undefined) onCreated?.(secret);
      return queryClient.invalidateQueries({ queryKey: notificationsKey });
    },
  });
  return (
    <SaveDialog
      title={notification ? t('notifications.change', { name: notification.name }) : t('notifications.new')}
      description={t('notifications.intro')}
      isComplete={name.trim() !== '' && url.trim() !== '' && events.length > 0}
      saving={saving}
      onClose={onClose}
    >
      <label className="block">
        <span className="mb-1 block text-13 font-medium">{t('common.name')}</span>
        <input
          className="field-input"
          value={name}
          maxLength={100}
          autoFocus
          onChange={(event) => change({ name: event.target.value })}
        />
      </label>
      <label className="block">
        <span className="mb-1 block text-13 font-medium">{t('notifications.url')}</span>
        <input
          className="field-input font-mono text-12!"
          value={url}
          type="url"
          spellCheck={false}
          onChange={(event) => change({ url: event.target.value })}
        />
      </label>
      <fieldset>
        <legend className="mb-1 text-13 font-medium">{t('notifications.when')}</legend>
        {eventNames.map((event) => (
          <label key={event} className="flex items-center gap-2 py-0.5 text-13">
            <input
              type="checkbox"
              checked={events.includes(event)}
              onChange={({ target }) =>
                change({
                  events: eventNames.filter((each) => (each === event ? target.checked : events.includes(each))),
                })
              }
            />
            {t(eventTexts[event])}
          </label>
        ))}
      </fieldset>
      <label className="block">
        <span className="mb-1 block text-13 font-medium">{t('notifications.workflow')}</span>
        <select
          className="field-input"
          value={workflowId ?? ''}
          onChange={(event) => change({ workflowId: event.target.value || null })}
        >
          <option value="">{t('notifications.allWorkflows')}</option>
          {workflows.data?.map((workflow) => (
            <option key={workflow.id} value={workflow.id}>
              {workflow.name}
            </option>
          ))}
        </select>
      </label>
      <label className="flex items-center gap-2 text-13">
        <input type="checkbox" checked={isOn} onChange={(event) => change({ isOn: event.target.checked })} />
        {t('notifications.on')}
      </label>
    </SaveDialog>
  );
}
