import type { Item } from '@wfaib/sdk/items';
import {
  PartialFailure,
  StepFailure,
  type CodeOutcome,
  type CodeRequest,
  type CoreNode,
  type ItemOutcome,
  type NodeContext,
  type NodeResult,
  type OutputItem,
} from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { groupBy } from '../group-by.js';
import { madeFrom, withFiles } from '../lineage.js';
import { failedItem } from '../per-item.js';

/** Runs code of the user in the sandbox: once with all items, or once per item. */
export const codeNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.code',
    label: 'Code',
    description: 'Runs your JavaScript or TypeScript on the items, safely apart from the server.',
    icon: 'code',
    category: 'code',
    fields: {
      language: {
        kind: 'select',
        label: 'Language',
        choices: [
          { value: 'javascript', label: 'JavaScript' },
          { value: 'typescript', label: 'TypeScript' },
        ],
        default: 'javascript',
        expressions: false,
      },
      mode: {
        kind: 'select',
        label: 'Runs',
        choices: [
          { value: 'all', label: 'Once for all items' },
          { value: 'each', label: 'Once per item' },
        ],
        default: 'all',
        expressions: false,
      },
      code: {
        kind: 'code',
        language: 'typescript',
        label: 'Code',
        help: 'The body of an async function. Return items, or one object.',
        placeholder: 'return items.map((item) => ({ json: { ...item.json, done: true } }));',
        required: true,
        expressions: false,
      },
      timeoutMs: {
        kind: 'number',
        label: 'Longest run in milliseconds',
        default: 3000,
        min: 1,
        max: 3_600_000,
        integer: true,
        expressions: false,
      },
      memoryMb: {
        kind: 'number',
        label: 'Memory in MiB',
        default: 64,
        min: 8,
        max: 512,
        integer: true,
        expressions: false,
      },
    },
    summary: '{{language}}',
  }),
  run: runCode,
  // Once for all items needs all of them; each part of a large input has the whole time limit.
  inParts: (first) => (isPerItem(first) ? { take: runCode } : undefined),
};

async function runCode(context: NodeContext): Promise<NodeResult> {
  const outcome = await execute(context);
  const failures = new Map((outcome.failures ?? []).map((failure) => [failure.item, failure.error]));
  return failures.size > 0 ? settled(context, outcome, failures) : all(context, outcome);
}

async function execute(context: NodeContext): Promise<CodeOutcome> {
  if (!context.ports.runCode) {
    throw new StepFailure({
      code: 'sandbox.unavailable',
      message: 'There is no sandbox to run code in.',
      retryable: true,
    });
  }
  return context.ports.runCode(await requestOf(context));
}

async function requestOf(context: NodeContext): Promise<CodeRequest> {
  const code = String(context.node.parameters['code'] ?? '');
  const none = {
    nodes: {},
    context: { run: {}, workflow: {}, vars: {}, now: context.now, timezone: context.timezone },
  };
  const mode = isPerItem(context) ? 'each' : 'all';
  return {
    language: context.parameter('language', 0) === 'typescript' ? 'typescript' : 'javascript',
    mode,
    code,
    timeoutMs: Number(context.parameter('timeoutMs', 0)),
    memoryMb: Number(context.parameter('memoryMb', 0)),
    ...(mode === 'each' && context.node.onError !== 'stop' ? { collectFailures: true } : {}),
    items: inputOf(context),
    ...(context.offset > 0 ? { offset: context.offset } : {}),
    ...((await context.ports.codeScope?.(code)) ?? none),
  };
}

function isPerItem(context: NodeContext): boolean {
  return context.parameter('mode', 0) === 'each';
}

function inputOf(context: NodeContext): Item[] {
  return context.node.executeOnce ? context.items().slice(0, 1) : context.items();
}

function all(context: NodeContext, outcome: CodeOutcome): NodeResult {
  const count = inputOf(context).length;
  const made = outcome.items.map((item, index) => outputOf(context, item, pairOf(item.from, index, outcome, count)));
  return { outputs: { main: made }, logs: outcome.logs };
}

/** Code that names no pair: equal counts pair by position, one input pairs with all, anything else is unknown. */
function pairOf(from: number[] | undefined, index: number, outcome: CodeOutcome, inputCount: number): number[] {
  if (from) return from.filter((each) => Number.isInteger(each) && each >= 0 && each < inputCount);
  if (inputCount === 1) return [0];
  return outcome.items.length === inputCount ? [index] : [];
}

function outputOf(context: NodeContext, item: CodeOutcome['items'][number], from: number[]): OutputItem {
  return withFiles(item.json, item.files, madeFrom(context, from));
}

/** Mode `each` with failed items: they go on beside the others, in the order of the input. */
function settled(
  context: NodeContext,
  outcome: CodeOutcome,
  failures: ReadonlyMap<number, StepFailure['error']>,
): NodeResult {
  const again = [...failures.values()].find((error) => context.mayRetry?.(error));
  if (again) throw new PartialFailure(again, new Map<number, ItemOutcome>());
  const made = groupBy(outcome.items, (item) => item.from?.[0] ?? 0);
  const failed: OutputItem[] = [];
  const main: OutputItem[] = [];
  const isApart = context.node.onError === 'errorOutput';
  inputOf(context).forEach((item, index) => {
    const error = failures.get(index);
    if (error) (isApart ? failed : main).push(failedItem(context, item, index, error));
    for (const each of made.get(index) ?? []) main.push(outputOf(context, each, [index]));
  });
  return { outputs: isApart ? { main, error: failed } : { main }, logs: outcome.logs };
}
