import { remove } from '../../../api/client.js';

export const deleteWorkflow = (id: string) => remove(`/api/workflows/${id}`);
