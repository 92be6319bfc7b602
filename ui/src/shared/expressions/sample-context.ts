import type { Item } from '@wfaib/sdk/items';
import { createContext, useContext } from 'react';

/** Real data an expression can be tried on: plain JSON, so that it can be sent to the worker. */
export interface ExpressionSample {
  /** Items that come into the step; empty when nothing ran yet. */
  items: Item[];
  /** Which of them is looked at. */
  itemIndex: number;
  /** Place of the first of them among all that come in. @defaultValue 0 */
  offset?: number;
  /** How many come in. @defaultValue as many as are here */
  total?: number;
  /** Earlier steps by name, those that ran with some of their items. */
  nodes: Record<string, { isExecuted: boolean; items: Item[] }>;
  timezone: string;
  workflow: { id: string; name: string };
  run: { id: string; startedAt?: string; mode?: string };
}

export const noSample: ExpressionSample = {
  items: [],
  itemIndex: 0,
  nodes: {},
  timezone: 'UTC',
  workflow: { id: '', name: '' },
  run: { id: '' },
};

const SampleContext = createContext<ExpressionSample>(noSample);
export const SampleProvider = SampleContext.Provider;
export const useSample = () => useContext(SampleContext);
