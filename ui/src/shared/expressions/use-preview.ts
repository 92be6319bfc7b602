import { useEffect, useState } from 'react';
import { useDebounced } from '../hooks/use-debounced.js';
import { previewInWorker } from './preview-client.js';
import { previewOf } from './preview-text.js';
import type { Preview } from './preview-text.js';
import { useSample } from './sample-context.js';

/** What a template comes to for the chosen item of the sample; `undefined` until the first answer. */
export function usePreview(template: string): Preview | undefined {
  const sample = useSample();
  const settled = useDebounced(template, 60);
  const [preview, setPreview] = useState<Preview>();
  useEffect(() => {
    if (settled === '=') return;
    let current = true;
    previewInWorker(settled, sample)
      .then((reply) => {
        if (current) setPreview(previewOf(settled, reply, sample));
      })
      // A browser without workers shows no preview; the field works all the same.
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [settled, sample]);
  return preview;
}
