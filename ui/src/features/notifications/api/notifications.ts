import { useQuery } from '@tanstack/react-query';
import { get, post, put, remove } from '../../../api/client.js';
import type { Page, WorkflowSummary } from '../../../api/types.js';

/** What an address can be told of, in the order in which they are offered. */
export const eventNames = ['run.failed', 'run.paused', 'approval.requested', 'run.succeeded'] as const;
export type EventName = (typeof eventNames)[number];

export interface NotificationContent {
  name: string;
  url: string;
  events: EventName[];
  /** Of all workflows where it is null. */
  workflowId: string | null;
  isOn: boolean;
}

export interface Notification extends NotificationContent {
  id: string;
}

export interface Delivery {
  id: string;
  event: EventName | 'test';
  runId: string | null;
  state: 'pending' | 'delivered' | 'failed';
  tries: number;
  error: string | null;
  createdAt: string;
}

export const notificationsKey = ['notifications'] as const;
export const deliveriesKey = (id: string) => ['notifications', id, 'deliveries'] as const;

export function useNotifications() {
  return useQuery({
    queryKey: notificationsKey,
    queryFn: ({ signal }) => get<Page<Notification>>('/api/notifications', { signal }).then(({ items }) => items),
  });
}

/** The newest messages; asked for again while somebody looks. */
export function useDeliveries(id: string) {
  return useQuery({
    queryKey: deliveriesKey(id),
    refetchInterval: 3_000,
    queryFn: ({ signal }) =>
      get<Page<Delivery>>(`/api/notifications/${id}/deliveries`, { query: { limit: 50 }, signal }).then(
        ({ items }) => items,
      ),
  });
}

/** Workflows to choose from. */
export function useWorkflowChoices() {
  return useQuery({
    queryKey: ['notifications', 'workflows'],
    queryFn: ({ signal }) =>
      get<Page<WorkflowSummary>>('/api/workflows', { query: { limit: 200 }, signal }).then(({ items }) => items),
  });
}

/** Makes one, or changes the one of this id. The secret comes with a new one only. */
export const saveNotification = (id: string | undefined, content: NotificationContent) =>
  id === undefined
    ? post<Notification & { secret?: string }>('/api/notifications', content)
    : put<Notification & { secret?: string }>(`/api/notifications/${id}`, content);

export const deleteNotification = (id: string) => remove(`/api/notifications/${id}`);
export const testNotification = (id: string) => post(`/api/notifications/${id}/test`);
export const changeSecret = (id: string) => post<{ secret: string }>(`/api/notifications/${id}/secret`);
export const sendAgain = (id: string, deliveryId: string) =>
  post(`/api/notifications/${id}/deliveries/${deliveryId}/send`);
