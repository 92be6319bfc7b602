import { useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';
import type { Page } from '../../../api/types.js';

/** What the installed connectors are called; until the answer is here, their id with a capital letter. */
export function useConnectorNames(): (id: string) => string {
  const connectors = useQuery({
    queryKey: ['connector-names'],
    queryFn: () => get<Page<{ id: string; label: string }>>('/api/connectors').then(({ items }) => items),
    staleTime: 60_000,
  });
  return (id) =>
    connectors.data?.find((connector) => connector.id === id)?.label ?? id.charAt(0).toUpperCase() + id.slice(1);
}
