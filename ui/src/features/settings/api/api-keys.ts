import { useQuery } from '@tanstack/react-query';
import { get, post, remove } from '../../../api/client.js';
import type { ApiKey, Page } from '../../../api/types.js';

export const apiKeysKey = ['api-keys'] as const;

export function useApiKeys() {
  return useQuery({
    queryKey: apiKeysKey,
    queryFn: () => get<Page<ApiKey>>('/api/api-keys').then((page) => page.items),
  });
}

/** The key itself is in this answer and never again. */
export const createApiKey = (name: string) =>
  post<ApiKey & { key?: string; token?: string; secret?: string }>('/api/api-keys', { name });

export const deleteApiKey = (id: string) => remove(`/api/api-keys/${id}`);
