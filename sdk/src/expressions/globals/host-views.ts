import type { Item } from '../../items.js';
import type { Evaluation } from '../evaluation.js';
import { ExpressionError, ambiguousItem } from '../expression.errors.js';
import type { NodeView } from '../scope.types.js';
import { memberTable, View } from '../views.js';

const inputMembers = memberTable<Evaluation>(
  [
    ['all', '()', 'All items.', (run) => run.scope.input.items],
    ['first', '()', 'The first item.', (run) => run.scope.input.items[0]],
    ['last', '()', 'The last item.', (run) => run.scope.input.items.at(-1)],
  ],
  [['item', 'The current item.', (run) => itemOf(run)]],
);

export function inputView(run: Evaluation): View<Evaluation> {
  return new View('$input', run, inputMembers);
}

/** The current item, also where the host knows only its body. */
export function itemOf(run: Evaluation): unknown {
  return run.scope.item ?? { json: run.scope.json };
}

/** `$run` by the names of n8n. */
export function executionOf(run: Evaluation): Record<string, unknown> {
  const { id, resumeUrl, mode } = run.scope.run;
  return { id, resumeUrl, mode };
}

interface NamedNode {
  name: string;
  view: NodeView;
}

function itemsOf(node: NamedNode): readonly Item[] {
  requireExecuted(node);
  return node.view.items();
}

function requireExecuted({ name, view }: NamedNode): void {
  if (!view.isExecuted) throw new ExpressionError(`The step "${name}" has not run, so it has no items`);
}

/** The item this one was made from; what the host throws is kept when it is ours. */
function linkedItem(node: NamedNode): Item {
  requireExecuted(node);
  try {
    return node.view.item();
  } catch (error) {
    if (error instanceof ExpressionError) throw error;
    throw ambiguousItem(error instanceof Error ? error.message : `Several items of "${node.name}" led to this one`);
  }
}

const nodeMembers = memberTable<NamedNode>(
  [
    ['all', '()', 'All items of the step.', (node) => itemsOf(node)],
    ['first', '()', 'The first item of the step.', (node) => itemsOf(node)[0]],
    ['last', '()', 'The last item of the step.', (node) => itemsOf(node).at(-1)],
    ['pairedItem', '()', 'The item that led to this one.', (node) => linkedItem(node)],
  ],
  [
    ['item', 'The item that led to this one.', (node) => linkedItem(node)],
    ['isExecuted', 'Whether the step has run.', (node) => node.view.isExecuted],
    ['params', 'The parameters of the step, as written.', (node) => node.view.parameters ?? {}],
  ],
);

const legacyMembers = memberTable<NamedNode>(
  [],
  [
    ['json', 'Body of the item that led to this one.', (node) => linkedItem(node).json],
    ['binary', 'Files of the item that led to this one.', (node) => linkedItem(node).files ?? {}],
    ['parameter', 'The parameters of the step, as written.', (node) => node.view.parameters ?? {}],
    ['isExecuted', 'Whether the step has run.', (node) => node.view.isExecuted],
  ],
);

/** `$('Name')`; with `legacy` `$node["Name"]`. */
export function nodeView(name: string, legacy: boolean, run: Evaluation): View<NamedNode> {
  const view = run.scope.node(name);
  if (view === undefined) throw new ExpressionError(`There is no step named "${name}"`);
  return new View(`$('${name}')`, { name, view }, legacy ? legacyMembers : nodeMembers);
}

/** Members of `$input` and `$('Name')`, for the editor. */
export const viewTables = { $input: inputMembers, node: nodeMembers };
