import { createContext, useContext } from 'react';

/**
 * How much of a step is drawn. `card`: all of it. `name`: a block with its name. `block`: a block that tells its state by
 * colour and sign, for a zoom at which nothing could be read. What is not drawn costs nothing, and at this zoom hundreds
 * of steps are in view.
 */
export type Detail = 'card' | 'name' | 'block';

export function detailAt(zoom: number): Detail {
  if (zoom < 0.25) return 'block';
  return zoom < 0.35 ? 'name' : 'card';
}

const DetailContext = createContext<Detail>('card');
export const DetailProvider = DetailContext.Provider;
export const useDetail = (): Detail => useContext(DetailContext);
