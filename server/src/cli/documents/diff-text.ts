import type { DocumentChange } from './document-diff.js';
import { lineChanges } from './line-changes.js';
import type { FieldChange } from './value-changes.js';

/** Longest value that is shown whole. */
const maxShown = 200;

/** Differences to read: `+` is only in the second document, `-` only in the first, `~` in both and not the same. */
export function diffText(changes: readonly DocumentChange[]): string[] {
  return changes.flatMap(linesOf);
}

function linesOf(change: DocumentChange): string[] {
  switch (change.kind) {
    case 'document.changed':
      return ['~ document', ...change.fields.flatMap(fieldLines)];
    case 'node.added':
      return [`+ node "${change.name}" (${change.id}, ${change.type})`];
    case 'node.removed':
      return [`- node "${change.name}" (${change.id}, ${change.type})`];
    case 'node.changed':
      return [`~ node "${change.name}" (${change.id})`, ...change.fields.flatMap(fieldLines)];
    case 'nodes.reordered':
      return [`~ order of nodes: ${change.order.join(', ')}`];
    case 'connection.added':
    case 'connection.removed': {
      const { from, to } = change;
      const sign = change.kind === 'connection.added' ? '+' : '-';
      return [`${sign} connection ${from.node}.${from.port} -> ${to.node}.${to.port}`];
    }
  }
}

function fieldLines({ path, from, to }: FieldChange): string[] {
  if (isLong(from) && isLong(to)) return [`    ${path}:`, ...lineChanges(from, to).map((line) => `      ${line}`)];
  return [`    ${path}: ${shown(from)} -> ${shown(to)}`];
}

const isLong = (value: unknown): value is string => typeof value === 'string' && value.includes('\n');

/** A value on one line. */
export function shown(value: unknown): string {
  if (value === undefined) return '(none)';
  const text = JSON.stringify(value);
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
}
