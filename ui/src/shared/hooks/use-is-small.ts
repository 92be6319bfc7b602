import { useMedia } from './use-media.js';

/** Whether the page is as narrow as a phone. */
export const useIsSmall = (): boolean => useMedia('(width < 768px)');
