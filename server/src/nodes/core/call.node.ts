import type { ItemInput, JsonObject } from '@wfaib/sdk/items';
import { StepFailure, type CoreNode, type NodeContext } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { isObject } from '../field-values.js';

/** Most runs of one step that may be at work at once. */
const maxConcurrency = 100;

/** One run that a call asks for: of a workflow of the project by its id, or of a document as it stands. */
export interface ChildCall {
  workflowId?: string;
  document?: object;
  items: ItemInput[];
}

/** Runs another workflow: once with all items, or once for each of them. The engine begins and follows the runs. */
export const callNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.call',
    label: 'Call a workflow',
    description: 'Runs another workflow and goes on with what it made, once or for each item.',
    icon: 'workflow',
    category: 'flow',
    fields: {
      workflowId: {
        kind: 'lookup',
        loader: 'workflows',
        searchable: true,
        label: 'Workflow',
        help: 'Its live version runs; in a test of this workflow, its draft.',
      },
      document: {
        kind: 'json',
        label: 'Or a document',
        help: 'A workflow document that exists only here.',
        deferred: true,
      },
      mode: {
        kind: 'select',
        label: 'Run it',
        choices: [
          { value: 'once', label: 'Once, with all items' },
          { value: 'eachItem', label: 'Once for each item' },
        ],
        default: 'once',
        expressions: false,
      },
      input: {
        kind: 'json',
        label: 'Input',
        help: 'What it starts with: an object or a list. Left empty, the items as they are.',
      },
      wait: {
        kind: 'boolean',
        label: 'Wait for its result',
        help: 'Otherwise the ids of the runs go on at once, and the runs go their own way.',
        default: true,
        expressions: false,
      },
      concurrency: {
        kind: 'number',
        label: 'At the same time',
        help: 'How many of the runs may be at work at once.',
        default: 10,
        min: 1,
        max: maxConcurrency,
        integer: true,
        showWhen: { mode: ['eachItem'], wait: [true] },
      },
    },
    requiredOneOf: [['workflowId', 'document']],
    summary: '{{mode}}',
    work: 'once',
  }),
  run: (context) => ({
    outputs: {},
    calls: {
      count: callCountOf(context),
      concurrency: Math.max(1, Math.min(maxConcurrency, Math.trunc(Number(context.parameter('concurrency', 0))) || 1)),
      isAwaited: context.parameter('wait', 0) !== false,
    },
  }),
};

/** Whether each item has a run of its own. */
export function callsEachItem({ parameters }: { parameters: Record<string, unknown> }): boolean {
  return parameters['mode'] === 'eachItem';
}

function callCountOf(context: NodeContext): number {
  if (!callsEachItem(context.node)) return 1;
  const { length } = context.items();
  return context.node.executeOnce ? Math.min(1, length) : length;
}

/**
 * What call `index` of the step asks for.
 * @throws StepFailure where its parameters do not say so
 */
export function childCallOf(context: NodeContext, index: number): ChildCall {
  return { ...targetOf(context, index), items: itemsOf(context, index) };
}

function targetOf(context: NodeContext, index: number): Pick<ChildCall, 'workflowId' | 'document'> {
  const workflowId = context.parameter<unknown>('workflowId', index);
  if (typeof workflowId === 'string' && workflowId !== '') return { workflowId };
  const written = context.parameter<unknown>('document', index);
  const document = typeof written === 'string' ? parsed(context, index, written) : written;
  if (isObject(document)) return { document };
  throw refused(context, 'It names no workflow: give it a workflowId or a document.');
}

function parsed(context: NodeContext, index: number, text: string): unknown {
  if (text.startsWith('=')) return context.evaluate(text, index);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw refused(context, 'Its document is no JSON.');
  }
}

function itemsOf(context: NodeContext, index: number): ItemInput[] {
  const input = context.parameter<unknown>('input', index);
  if (input === undefined || input === null || input === '') return ownItems(context, index);
  const given = typeof input === 'string' ? parsed(context, index, input) : input;
  const list = Array.isArray(given) ? given : [given];
  return list.map((each: unknown) => itemOf(context, each));
}

function ownItems(context: NodeContext, index: number): ItemInput[] {
  const all = context.items();
  const items = callsEachItem(context.node) ? [all[index]!] : context.node.executeOnce ? all.slice(0, 1) : all;
  return items.map(({ json, files }) => (files === undefined ? { json } : { json, files }));
}

/** A whole item where it looks like one, else the json of one. */
function itemOf(context: NodeContext, value: unknown): ItemInput {
  if (!isObject(value)) throw refused(context, 'Its input is neither an object nor a list of objects.');
  const others = Object.keys(value).filter((name) => name !== 'json' && name !== 'files');
  if (isObject(value['json']) && others.length === 0) return value as unknown as ItemInput;
  return { json: value as JsonObject };
}

function refused(context: NodeContext, message: string): StepFailure {
  return new StepFailure({ code: 'parameter.invalid', message, nodeId: context.node.id, retryable: false });
}
