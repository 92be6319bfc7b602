import { post, put } from '../../../api/client.js';
import type { Credential } from '../../../api/types.js';

export interface CredentialInput {
  name: string;
  kind: string;
  /** Secrets that are left out stay as they are. */
  values: Record<string, unknown>;
  /** Null for no limit. */
  maxConcurrentCalls: number | null;
}

export const createCredential = (input: CredentialInput) => post<Credential>('/api/credentials', input);

export const changeCredential = (id: string, { name, values, maxConcurrentCalls }: CredentialInput) =>
  put<Credential>(`/api/credentials/${id}`, { name, values, maxConcurrentCalls });
