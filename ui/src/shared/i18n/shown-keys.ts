import { t } from './i18n.js';

const words = ['Ctrl', 'Shift', 'Space', 'Backspace', 'Delete', 'Del', 'ContextMenu', 'click', 'drag', 'then'] as const;
const pattern = new RegExp(`\\b(${words.join('|')})\\b`, 'g');

/** Keys as they stand on a keyboard of this language: `Ctrl+Shift+Z` is `Strg+Umschalt+Z` in German. */
export const shownKeys = (keys: string): string =>
  keys.replace(pattern, (word) => t(`keys.${word as (typeof words)[number]}`));
