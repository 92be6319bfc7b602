import { remove } from '../../../api/client.js';

export const deleteCredential = (id: string) => remove(`/api/credentials/${id}`);
