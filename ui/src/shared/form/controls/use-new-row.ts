import { useEffect, useRef, useState } from 'react';

/** Puts the focus into the first field of a row that was just added. Rows carry `data-row`. */
export function useNewRow() {
  const list = useRef<HTMLDivElement>(null);
  const [added, setAdded] = useState(0);
  useEffect(() => {
    if (added === 0) return;
    // The row may be there only after the document has changed.
    const frame = requestAnimationFrame(() => {
      const rows = list.current?.querySelectorAll<HTMLElement>(':scope > [data-row]');
      rows?.[rows.length - 1]?.querySelector<HTMLElement>('input, textarea, select, [contenteditable="true"]')?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [added]);
  return { list, focusNew: () => setAdded((count) => count + 1) };
}
