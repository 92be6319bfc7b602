import { post } from '../../../api/client.js';

export const cancelRun = (runId: string) => post<unknown>(`/api/runs/${runId}/cancel`);
