import { post } from '../../../api/client.js';

export const resumeRun = (runId: string) => post<unknown>(`/api/runs/${runId}/resume`);
