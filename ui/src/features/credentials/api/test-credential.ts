import { post } from '../../../api/client.js';
import type { CredentialTest } from '../../../api/types.js';

export const testCredential = (id: string) => post<CredentialTest>(`/api/credentials/${id}/test`);
