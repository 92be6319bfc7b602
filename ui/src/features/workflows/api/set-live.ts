import { post } from '../../../api/client.js';

/** Goes live with the draft, or stops being live. */
export const setLive = (id: string, live: boolean) =>
  post<unknown>(`/api/workflows/${id}/${live ? 'publish' : 'unpublish'}`);
