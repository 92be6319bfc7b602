import { truth } from '@wfaib/sdk/expressions/conditions';
import { StepFailure, type CoreNode, type NodeContext, type NodeResult, type PartsWork } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { passParts } from '../in-parts.js';
import { passAll, passed } from '../lineage.js';

/**
 * Sends items round its body again and again. Visit 0 begins the loop; visit k follows when iteration k-1 has ended.
 * Every visit gets the items of the whole loop on `main`; on `next` it gets what came back: in mode `batches` everything so
 * far, in mode `while` what the last iteration sent. It answers on `loop` (one more iteration) or on `done` (the end).
 */
export const loopNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.loop',
    label: 'Loop',
    description: 'Works on items in batches, or repeats while a condition holds.',
    icon: 'repeat',
    category: 'flow',
    inputs: [
      { name: 'main', label: 'start' },
      { name: 'next', label: 'next' },
    ],
    outputs: [{ name: 'loop' }, { name: 'done' }],
    fields: {
      mode: {
        kind: 'select',
        label: 'Mode',
        choices: [
          { value: 'batches', label: 'In batches', help: 'Each batch goes through the body once.' },
          { value: 'while', label: 'While a condition holds', help: 'All items go round until it is false.' },
        ],
        default: 'batches',
        expressions: false,
      },
      batchSize: {
        kind: 'number',
        label: 'Items per batch',
        default: 1,
        min: 1,
        integer: true,
        showWhen: { mode: ['batches'] },
      },
      while: {
        kind: 'text',
        label: 'While',
        help: 'Asked before each round: first of the items that came in, then of what came back.',
        placeholder: '={{ $json.nextPage !== null }}',
        required: true,
        expressionOnly: true,
        showWhen: { mode: ['while'] },
      },
      maxIterations: {
        kind: 'number',
        label: 'Most rounds',
        help: 'The step fails when the condition still holds after so many.',
        default: 1000,
        min: 1,
        max: 1_000_000,
        integer: true,
        showWhen: { mode: ['while'] },
      },
    },
    summary: '{{mode}}',
  }),
  run: (context) => (context.parameter('mode', 0) === 'while' ? nextRound(context) : nextBatch(context)),
  inParts: (first) => (first.parameter('mode', 0) === 'while' ? undefined : batchInParts(first)),
};

function batchInParts(first: NodeContext): PartsWork {
  const size = batchSizeOf(first);
  const from = first.visit * size;
  return from < first.itemCount('main')
    ? passParts([{ port: 'main', from, to: from + size }], 'loop')
    : passParts([{ port: 'next' }], 'done');
}

function batchSizeOf(context: NodeContext): number {
  return Math.max(1, Math.trunc(Number(context.parameter('batchSize', 0))) || 1);
}

function nextBatch(context: NodeContext): NodeResult {
  const size = batchSizeOf(context);
  const start = context.visit * size;
  const items = context.items().slice(start, start + size);
  const batch = items.map((item, index) => passed(context, item, start + index, 'main'));
  return { outputs: batch.length > 0 ? { loop: batch } : { done: passAll(context, 'next') } };
}

function nextRound(context: NodeContext): NodeResult {
  const port = context.visit === 0 ? 'main' : 'next';
  const items = passAll(context, port);
  if (items.length === 0 || !truth(context.evaluate(context.node.parameters['while'], 0, port))) {
    return { outputs: { done: items } };
  }
  const most = Number(context.parameter('maxIterations', 0));
  if (context.visit < most) return { outputs: { loop: items } };
  throw new StepFailure({
    code: 'loop.maxIterations',
    message: `The loop ran ${most} times and its condition still holds. Check the condition, or raise "maxIterations".`,
    nodeId: context.node.id,
    retryable: false,
  });
}
