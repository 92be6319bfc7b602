import type { CoreNode, NodeContext, NodeResult } from '../core-node.types.js';
import { conditionFields } from '../condition-fields.js';
import { holds } from '../conditions.js';
import { coreDescriptor } from '../core-descriptor.js';
import { eachPart } from '../in-parts.js';
import { passed } from '../lineage.js';
import { routePerItem } from '../per-item.js';

/** Sends each item to `true` or `false`. With `onError: "continue"` an item that cannot be judged goes to `false`. */
export const ifNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.if',
    label: 'If',
    description: 'Sends each item one way or the other, by a condition.',
    icon: 'split',
    category: 'flow',
    work: 'perItem',
    outputs: [{ name: 'true' }, { name: 'false' }],
    fields: conditionFields,
    summary: '{{condition}}',
  }),
  run: chooseWays,
  inParts: eachPart(chooseWays),
};

function chooseWays(context: NodeContext): Promise<NodeResult> {
  return routePerItem(context, { failedPort: 'false' }, (item, index) => {
    const port = holds(context, context.node.parameters, index) ? 'true' : 'false';
    return { [port]: [passed(context, item, index)] };
  });
}
