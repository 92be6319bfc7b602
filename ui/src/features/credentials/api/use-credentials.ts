import { useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';
import type { Credential, CredentialKind, Page } from '../../../api/types.js';

export const credentialsKey = ['credentials'] as const;

export function useCredentials() {
  return useQuery({
    queryKey: credentialsKey,
    queryFn: () => get<Page<Credential>>('/api/credentials').then((page) => page.items),
  });
}

export function useCredentialKinds() {
  return useQuery({
    queryKey: ['credential-kinds'],
    queryFn: () => get<Page<CredentialKind>>('/api/credential-kinds').then((page) => page.items),
    staleTime: 60_000,
  });
}
