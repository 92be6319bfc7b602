import { get } from '../../../api/client.js';
import type { Workflow } from '../../../api/types.js';

export const getWorkflow = (id: string) => get<Workflow>(`/api/workflows/${id}`);
