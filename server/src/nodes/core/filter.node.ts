import type { CoreNode, NodeContext, NodeResult } from '../core-node.types.js';
import { conditionFields } from '../condition-fields.js';
import { holds } from '../conditions.js';
import { coreDescriptor } from '../core-descriptor.js';
import { eachPart } from '../in-parts.js';
import { passed } from '../lineage.js';
import { runPerItem } from '../per-item.js';

/** Keeps the items a condition holds for and drops the others. */
export const filterNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.filter',
    label: 'Filter',
    description: 'Keeps the items that meet a condition and drops the others.',
    icon: 'funnel',
    category: 'flow',
    work: 'perItem',
    fields: conditionFields,
    summary: '{{condition}}',
  }),
  run: filterItems,
  inParts: eachPart(filterItems),
};

function filterItems(context: NodeContext): Promise<NodeResult> {
  return runPerItem(context, {}, (item, index) =>
    holds(context, context.node.parameters, index) ? [passed(context, item, index)] : [],
  );
}
