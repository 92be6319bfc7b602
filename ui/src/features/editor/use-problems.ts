import { useEffect, useState } from 'react';
import { useDebounced } from '../../shared/hooks/use-debounced.js';
import { validate } from './api/validate.js';
import { useDocument, useEditorStore } from './editor-store.js';

/** Asks the server what is wrong with the document, a moment after each change, and when one comes back from another window: a credential may be gone or mended there. */
export function useProblems(): void {
  const store = useEditorStore();
  const document = useDebounced(useDocument(), 350);
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    const look = () => setLooks((count) => count + 1);
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, []);
  useEffect(() => {
    let current = true;
    validate(document)
      .then((problems) => {
        if (current) store.getState().set({ problems });
      })
      // Without an answer the last list stays: the save note says that the server is away.
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [document, store, looks]);
}
