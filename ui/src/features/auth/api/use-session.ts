import { useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';
import type { Session } from '../../../api/types.js';

export const sessionKey = ['session'] as const;

export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: () => get<Session>('/api/session'),
    staleTime: 60_000,
    // A server that is away is asked again until it is back, without anyone pressing a button.
    refetchInterval: (query) => (query.state.status === 'error' ? 3_000 : false),
    retryOnMount: false,
  });
}
