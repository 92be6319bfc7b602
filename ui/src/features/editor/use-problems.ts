import { useEffect } from 'react';
import { useDebounced } from '../../shared/hooks/use-debounced.js';
import { validate } from './api/validate.js';
import { useDocument, useEditorStore } from './editor-store.js';

/** Asks the server what is wrong with the document, a moment after each change. */
export function useProblems(): void {
  const store = useEditorStore();
  const document = useDebounced(useDocument(), 350);
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
  }, [document, store]);
}
