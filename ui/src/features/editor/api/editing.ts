import { post, remove } from '../../../api/client.js';

/** What a tab asks for; see the API: `hold` is to edit when it is free. */
export type EditingWish = 'hold' | 'ask' | 'take' | 'keep' | 'give';

/** Whose turn it is to edit the workflow, as this tab sees it. */
export interface Editing {
  revision: number;
  /** Whether this tab may edit. */
  mine: boolean;
  holder: { name: string | null; you: boolean; activeAt: string };
  asked: { name: string | null; you: boolean; at: string } | null;
  mayTake: boolean;
}

export const tellEditing = (workflowId: string, ask: { tab: string; active: boolean; want: EditingWish }) =>
  post<Editing>(`/api/workflows/${workflowId}/editing`, ask);

/** The tab closes; the request outlives it. */
export const leaveEditing = (workflowId: string, tab: string) =>
  remove(`/api/workflows/${workflowId}/editing/${tab}`, { keepalive: true });
