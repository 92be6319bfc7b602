import { useQuery } from '@tanstack/react-query';
import type { ConnectorDescriptor } from '@wfaib/sdk/connector-descriptor';
import { get } from '../../../api/client.js';
import type { Page } from '../../../api/types.js';

/** What is installed, as the connectors described themselves. */
export function useConnectors() {
  return useQuery({
    queryKey: ['connectors'],
    queryFn: ({ signal }) => get<Page<ConnectorDescriptor>>('/api/connectors', { signal }),
    select: (page) => page.items,
  });
}
