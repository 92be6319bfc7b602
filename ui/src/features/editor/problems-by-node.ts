import type { Problem } from '@wfaib/sdk/workflow-document';

const byList = new WeakMap<readonly Problem[], Map<string, Problem[]>>();
const none: readonly Problem[] = [];

/** The problems of one step; the same list again while the problems stay the same. */
export function problemsOfNode(problems: readonly Problem[], nodeId: string): readonly Problem[] {
  let grouped = byList.get(problems);
  if (!grouped) {
    grouped = new Map();
    for (const problem of problems) {
      const id = problem.nodeId ?? '';
      grouped.set(id, [...(grouped.get(id) ?? []), problem]);
    }
    byList.set(problems, grouped);
  }
  return grouped.get(nodeId) ?? none;
}
