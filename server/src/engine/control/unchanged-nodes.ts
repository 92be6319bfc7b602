import { canonicalJson } from '../../plan/canonical-json.js';
import type { PlanNode } from '../../plan/plan.types.js';
import type { RunProgram } from '../runner/run-memory.js';
import { referencedNamesOf } from '../steps/referenced-names.js';

/** Ids of the nodes that do the same in both documents: where they stand, what they are called and said of them does not count. */
export function unchangedNodes(old: RunProgram, now: RunProgram, mode: 'production' | 'test'): ReadonlySet<string> {
  const before = new Map(old.plan.nodes.map((node) => [node.id, contentOf(node, old, mode)]));
  const same = now.plan.nodes.filter((node) => before.get(node.id) === contentOf(node, now, mode));
  return new Set(same.map(({ id }) => id));
}

function contentOf(planNode: PlanNode, { plan, document }: RunProgram, mode: 'production' | 'test'): string {
  const { type, typeVersion, node } = planNode;
  const { parameters, credentials, disabled, onError, alwaysOutput, executeOnce, pinned } = node;
  // A name is no more than a way to point at a node.
  const reads = referencedNamesOf(planNode).map((name) => plan.nodes.find((each) => each.name === name)?.id ?? null);
  return canonicalJson({
    type,
    typeVersion,
    parameters,
    credentials,
    onError,
    reads,
    flags: [disabled === true, alwaysOutput === true, executeOnce === true],
    pinned: mode === 'test' ? pinned : undefined,
    timezone: document.settings.timezone,
  });
}
