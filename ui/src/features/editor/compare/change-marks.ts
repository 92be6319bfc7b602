import type { DocumentChange } from '../graph/changes-between.js';

interface Mark {
  sign: string;
  word: string;
  look: string;
  frame: string;
}

/** How a kind of change is drawn and said. */
export const changeMarks: Record<DocumentChange['kind'], Mark> = {
  added: { sign: '+', word: 'added', look: 'text-ok', frame: 'border-ok' },
  removed: { sign: '−', word: 'removed', look: 'text-failed', frame: 'border-dashed border-failed' },
  changed: { sign: '~', word: 'changed', look: 'text-waiting', frame: 'border-waiting' },
  moved: { sign: '↔', word: 'only moved', look: 'text-muted', frame: 'border-line-strong' },
};
