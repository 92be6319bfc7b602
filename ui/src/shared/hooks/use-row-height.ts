import { useMedia } from './use-media.js';

/** How high a row of a list is that people press, in pixels: a finger needs more room, as the style sheet has it too. */
export const useRowHeight = (): number => (useMedia('(width < 768px), (pointer: coarse)') ? 44 : 32);
