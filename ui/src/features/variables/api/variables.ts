import { useQuery } from '@tanstack/react-query';
import type { JsonValue } from '@wfaib/sdk/items';
import { get, post, put, remove } from '../../../api/client.js';
import type { Page } from '../../../api/types.js';

export interface Variable {
  id: string;
  name: string;
  value: JsonValue;
  createdAt: string;
  updatedAt: string;
}

export const variablesKey = ['variables'] as const;

export function useVariables() {
  return useQuery({
    queryKey: variablesKey,
    queryFn: ({ signal }) => get<Page<Variable>>('/api/variables', { signal }).then(({ items }) => items),
  });
}

/** Makes a variable, or changes the one of this id. */
export const saveVariable = (id: string | undefined, variable: Pick<Variable, 'name' | 'value'>) =>
  id === undefined ? post<Variable>('/api/variables', variable) : put<Variable>(`/api/variables/${id}`, variable);

export const deleteVariable = (id: string) => remove(`/api/variables/${id}`);
