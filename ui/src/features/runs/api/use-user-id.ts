import { useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';
import type { Session } from '../../../api/types.js';

/** Who is signed in; the page has asked before. */
export function useUserId(): string | undefined {
  const session = useQuery({ queryKey: ['session'], queryFn: () => get<Session>('/api/session'), staleTime: 60_000 });
  return session.data?.user?.id;
}
