import { useQuery } from '@tanstack/react-query';
import type { Health } from '../../../api/types.js';

/** Also an unhealthy server answers with what is wrong, under a status that is no success. */
export function useHealth() {
  return useQuery({
    queryKey: ['health'],
    refetchInterval: 10_000,
    queryFn: async () => {
      const response = await fetch('/health/ready', { headers: { accept: 'application/json' } });
      return (await response.json()) as Health;
    },
  });
}
