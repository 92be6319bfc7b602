import type { RunOverview } from '../../../api/types.js';

/** What is chosen on the page of a run, as its address has it. Numbers for people count from 1. */
export interface RunPageSearch {
  /** Id of a node. */
  step?: string;
  /** Where in the loops around it, outermost first: `41` or `2.17`. */
  iter?: string;
  /** Which of its visits in this iteration. */
  visit?: string;
  /** A try that failed; without it the newest. */
  attempt?: string;
  /** The first item to show. */
  item?: string;
  side?: string;
  port?: string;
  view?: string;
  /** The line that the log points at. */
  line?: string;
  /** The event that the history stands at. */
  at?: string;
}

/** What is chosen, in the numbers of the server. */
export interface Selection {
  nodeId: string | undefined;
  iteration: number[];
  /** Absent: the newest visit. */
  visit: number | undefined;
}

/** A run opens at what matters, which the server names; the address wins where it says more. */
export function selectionOf(run: Pick<RunOverview, 'focus' | 'nodes'>, search: RunPageSearch): Selection {
  const focus = run.focus ?? undefined;
  const nodeId = search.step ?? focus?.nodeId;
  const depth = run.nodes.find((node) => node.nodeId === nodeId)?.depth ?? 0;
  const asked = search.iter === undefined ? (focus?.iteration ?? []) : parseIteration(search.iter);
  const iteration = Array.from({ length: depth }, (_, level) => asked[level] ?? 0);
  if (search.visit !== undefined) return { nodeId, iteration, visit: Math.max(0, Number(search.visit) - 1) };
  return { nodeId, iteration, visit: search.step === undefined ? focus?.visit : undefined };
}

/** "41" and "2.17" count from 1. */
export function parseIteration(text: string): number[] {
  return text
    .split('.')
    .map((part) => Number(part) - 1)
    .filter((index) => Number.isInteger(index) && index >= 0);
}

export const iterationText = (iteration: readonly number[]) => iteration.map((index) => index + 1).join('.');
