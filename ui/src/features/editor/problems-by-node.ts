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

/** The colour of each severity, as text; the worst first. Not the SDK's list: its checks of documents would come along. */
const tones: [Problem['severity'], string][] = [
  ['error', 'text-failed'],
  ['warning', 'text-waiting'],
  ['info', 'text-muted'],
];

/** The colour of the worst of some problems; `undefined` where there is none. */
export function worstTone(problems: readonly Problem[]): string | undefined {
  return tones.find(([severity]) => problems.some((problem) => problem.severity === severity))?.[1];
}
