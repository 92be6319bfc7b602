/** A run that has not ended, as far as others wait for it. */
export interface OpenRun {
  id: string;
  workflowId: string | null;
  isHeld: boolean;
  /** Whether it has a place of its workflow. */
  hasPlace: boolean;
  /** The run that waits for it. */
  awaitedBy: string | null;
}

/**
 * Runs that wait for a place which none of those who have one can ever leave: all of them wait, over runs they called, for
 * runs that wait in turn. Oldest first.
 */
export function stuckRuns(runs: readonly OpenRun[]): OpenRun[] {
  const called = grouped(runs, ({ awaitedBy }) => awaitedBy);
  const having = grouped(runs, ({ hasPlace, workflowId }) => (hasPlace ? workflowId : null));
  const moving = new Set<string>();
  const moves = ({ id, workflowId, isHeld }: OpenRun): boolean => {
    const others = isHeld ? having.get(workflowId ?? '') : called.get(id);
    return others === undefined || others.some((other) => moving.has(other.id));
  };
  for (let before = -1; before < moving.size;) {
    before = moving.size;
    for (const run of runs) if (!moving.has(run.id) && moves(run)) moving.add(run.id);
  }
  return runs.filter(({ id, isHeld }) => isHeld && !moving.has(id)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Without those that belong to none. */
function grouped(runs: readonly OpenRun[], keyOf: (run: OpenRun) => string | null): Map<string, OpenRun[]> {
  const groups = new Map<string, OpenRun[]>();
  for (const run of runs) {
    const key = keyOf(run);
    if (key !== null) groups.set(key, groups.get(key)?.concat(run) ?? [run]);
  }
  return groups;
}
