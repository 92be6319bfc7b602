import { t } from '../../../shared/i18n/i18n.js';
import type { DocumentChange } from '../graph/changes-between.js';

interface Mark {
  sign: string;
  look: string;
  frame: string;
}

/** How a kind of change is drawn. */
export const changeMarks: Record<DocumentChange['kind'], Mark> = {
  added: { sign: '+', look: 'text-ok', frame: 'border-ok' },
  removed: { sign: '−', look: 'text-failed', frame: 'border-dashed border-failed' },
  changed: { sign: '~', look: 'text-waiting', frame: 'border-waiting' },
  moved: { sign: '↔', look: 'text-muted', frame: 'border-line-strong' },
};

/** What a kind of change is called. */
export const changeWord = (kind: DocumentChange['kind']): string => t(`editor.change.kind.${kind}`);
