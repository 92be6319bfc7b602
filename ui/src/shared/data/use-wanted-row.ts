import { useEffect } from 'react';
import type { RowLinks } from './use-row-links.js';

/** Brings the row that is gone to into view. */
export function useWantedRow(
  rows: { scrollToIndex(index: number, options?: { align?: 'auto' | 'center' }): void },
  links: RowLinks | undefined,
): void {
  const wanted = links?.wanted;
  useEffect(() => {
    if (wanted !== undefined) rows.scrollToIndex(wanted, { align: 'auto' });
  }, [wanted, rows]);
}
