import type { CoreNode, NodeContext, NodeResult } from '../core-node.types.js';
import { conditionFields } from '../condition-fields.js';
import { holds, type ConditionRule } from '../conditions.js';
import { coreDescriptor } from '../core-descriptor.js';
import { eachPart } from '../in-parts.js';
import { passed } from '../lineage.js';
import { asGroups, asText } from '../parameter-shapes.js';
import { routePerItem } from '../per-item.js';

interface SwitchRule extends ConditionRule {
  port?: unknown;
}

/**
 * Sends each item to the port of the rule it meets: the first one, or all of them. Where none holds it goes to the port
 * `fallback`, or is dropped. With `onError: "continue"` an item that cannot be judged goes there too, else to the first port.
 */
export const switchNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.switch',
    label: 'Switch',
    description: 'Sends each item one of several ways, by rules.',
    icon: 'signpost',
    category: 'flow',
    work: 'perItem',
    outputs: [],
    outputsFrom: { parameter: 'rules', key: 'port', also: 'fallback' },
    fields: {
      rules: {
        kind: 'list',
        label: 'Rules',
        help: 'Tried from top to bottom.',
        required: true,
        itemLabel: '{{port}}',
        of: {
          port: {
            kind: 'text',
            label: 'Output',
            help: 'Name of the way out. Several rules may lead to the same one.',
            placeholder: 'urgent',
            required: true,
            expressions: false,
          },
          ...conditionFields,
        },
      },
      fallback: {
        kind: 'text',
        label: 'Output for the rest',
        help: 'Where items go that meet no rule. Left empty, they are dropped.',
        placeholder: 'other',
        default: null,
        expressions: false,
      },
      mode: {
        kind: 'select',
        label: 'Send to',
        choices: [
          { value: 'first', label: 'The first rule that holds' },
          { value: 'all', label: 'Every rule that holds' },
        ],
        default: 'first',
        expressions: false,
      },
    },
  }),
  run: chooseWays,
  inParts: eachPart(chooseWays),
};

function chooseWays(context: NodeContext): Promise<NodeResult> {
  const fallback = asText(context.parameter('fallback', 0));
  const firstPort = asText(rulesOf(context, 0)[0]?.port);
  return routePerItem(context, { failedPort: fallback ?? firstPort ?? 'main' }, (item, index) => {
    const ports = portsFor(context, index);
    const chosen = ports.length > 0 || fallback === undefined ? ports : [fallback];
    return Object.fromEntries(chosen.map((port) => [port, [passed(context, item, index)]]));
  });
}

/** Rules as written, so that each is evaluated only when its turn comes. */
function rulesOf(context: NodeContext, index: number): SwitchRule[] {
  const written = context.node.parameters['rules'];
  return asGroups<SwitchRule>(Array.isArray(written) ? written : context.parameter('rules', index));
}

function portsFor(context: NodeContext, index: number): string[] {
  const isFirstOnly = context.parameter('mode', index) !== 'all';
  const ports = new Set<string>();
  for (const rule of rulesOf(context, index)) {
    const port = asText(rule.port);
    if (port === undefined || ports.has(port) || !holds(context, rule, index)) continue;
    ports.add(port);
    if (isFirstOnly) break;
  }
  return [...ports];
}
