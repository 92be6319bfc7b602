/**
 * Where a visit stands among all others of its run, whatever finished first: the connections, merges and rounds that
 * led to it. Kept as a chain that shares its beginning with other visits, so that a long workflow stays small.
 */
export interface StepPath {
  parent: StepPath | undefined;
  depth: number;
  /** Place among the continuations of `parent`. */
  step: number;
}

export function extendPath(parent: StepPath | undefined, step: number): StepPath {
  return { parent, depth: (parent?.depth ?? 0) + 1, step };
}

/** Negative where `a` comes first. A beginning comes before what continues it, else the smaller step decides. */
export function comparePaths(a: StepPath, b: StepPath): number {
  let left: StepPath = a;
  let right: StepPath = b;
  while (left.depth > right.depth) left = left.parent!;
  while (right.depth > left.depth) right = right.parent!;
  if (left === right) return a.depth - b.depth;
  while (left.parent !== right.parent) {
    left = left.parent!;
    right = right.parent!;
  }
  return left.step - right.step || a.depth - b.depth;
}
