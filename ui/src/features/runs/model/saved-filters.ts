import type { RunFilters } from '../api/use-runs.js';

/** Filters of the list of runs under a name. */
export interface SavedFilter {
  name: string;
  filters: RunFilters;
}

const textOf = (filters: RunFilters) => JSON.stringify(Object.entries(filters).sort());

export const sameFilters = (one: RunFilters, other: RunFilters) => textOf(one) === textOf(other);

/** The last of a name wins. */
export const withFilter = (saved: readonly SavedFilter[], added: SavedFilter): SavedFilter[] => [
  ...saved.filter(({ name }) => name !== added.name),
  added,
];
