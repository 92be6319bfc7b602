import { post } from '../../../api/client.js';

/** Starts a run of the live version, as a person does by hand. Answers the id of the run. */
export const runLive = async (workflowId: string) => (await post<{ runId: string }>('/api/runs', { workflowId })).runId;
