import { applyPatches, enablePatches, produceWithPatches } from 'immer';
import type { Patch } from 'immer';

enablePatches();

interface HistoryEntry {
  label: string;
  patches: Patch[];
  inverse: Patch[];
  /** Changes with the same key that follow each other closely are one step back. */
  coalesce?: string | undefined;
  at: number;
}

/** A document with everything that can be taken back and done again. */
export interface History<D> {
  document: D;
  past: readonly HistoryEntry[];
  future: readonly HistoryEntry[];
}

/** Typing goes on being one step until there is a pause of this length, in milliseconds. */
const coalesceMs = 800;
const longestPast = 500;

export function startHistory<D>(document: D): History<D> {
  return { document, past: [], future: [] };
}

interface ChangeOptions {
  /** Shown with Undo, for example "Delete step". */
  label: string;
  coalesce?: string | undefined;
  at: number;
}

/** Applies a recipe; one that changes nothing leaves the history alone. */
export function change<D extends object>(
  history: History<D>,
  recipe: (draft: D) => void,
  options: ChangeOptions,
): History<D> {
  // What a recipe answers is not the new document, as Immer would take it.
  const [document, patches, inverse] = produceWithPatches(history.document, (draft) => void recipe(draft as D));
  if (patches.length === 0) return history;
  const last = history.past.at(-1);
  if (
    last &&
    options.coalesce &&
    last.coalesce === options.coalesce &&
    options.at - last.at < coalesceMs &&
    history.future.length === 0
  ) {
    const merged = {
      ...last,
      patches: [...last.patches, ...patches],
      inverse: [...inverse, ...last.inverse],
      at: options.at,
    };
    return { document, past: [...history.past.slice(0, -1), merged], future: [] };
  }
  return { document, past: [...history.past, { ...options, patches, inverse }].slice(-longestPast), future: [] };
}

export function undo<D extends object>(history: History<D>): History<D> {
  const last = history.past.at(-1);
  if (!last) return history;
  return {
    document: applyPatches(history.document, last.inverse),
    past: history.past.slice(0, -1),
    future: [last, ...history.future],
  };
}

export function redo<D extends object>(history: History<D>): History<D> {
  const [next, ...rest] = history.future;
  if (!next) return history;
  // Coming back to it later must not glue new typing to it.
  const entry = { ...next, coalesce: undefined };
  return { document: applyPatches(history.document, next.patches), past: [...history.past, entry], future: rest };
}
