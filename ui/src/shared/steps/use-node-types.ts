import { useQuery } from '@tanstack/react-query';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import { get } from '../../api/client.js';
import { needServerTexts } from '../i18n/server-texts.js';

/** What this server can run, as it describes it. */
export function useNodeTypes() {
  return useQuery({
    queryKey: ['node-types'],
    queryFn: async () => {
      const [{ items }] = await Promise.all([
        get<{ items: NodeDescriptor[] }>('/api/node-types'),
        needServerTexts('steps'),
      ]);
      return items;
    },
    staleTime: 60_000,
  });
}
