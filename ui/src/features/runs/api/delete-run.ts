import { remove } from '../../../api/client.js';

/** Takes away an ended run with everything that was kept of it. */
export const deleteRun = (runId: string) => remove(`/api/runs/${runId}`);
