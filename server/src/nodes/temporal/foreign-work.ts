import type { JsonObject, JsonValue } from '@wfaib/sdk/items';
import type { Field } from '@wfaib/sdk/fields';
import { StepFailure, type NodeContext, type NodeResult } from '../core-node.types.js';
import { parseDuration } from '../duration.js';
import { isObject } from '../field-values.js';
import { madeFrom, withFiles } from '../lineage.js';
import { runPerItem } from '../per-item.js';
import type { ForeignWork } from './foreign-work.types.js';

/** Items whose work is under way at the same time. */
const concurrency = 20;

/** What activities and workflows of others are asked with alike. */
export const sharedFields = {
  taskQueue: {
    kind: 'text',
    label: 'Task queue',
    help: 'The one its worker listens on.',
    required: true,
    placeholder: 'payments',
  },
  arguments: {
    kind: 'json',
    label: 'Arguments',
    help: 'A list is handed over one by one, anything else as the only argument. Left empty, the json of the item.',
  },
  namespace: {
    kind: 'text',
    label: 'Namespace',
    help: 'Left empty, the one that WFAIB uses.',
  },
  maxAttempts: {
    kind: 'number',
    label: 'Tries on Temporal',
    help: 'How often Temporal itself tries, before the step counts as failed.',
    default: 1,
    min: 1,
    max: 1000,
    integer: true,
  },
} satisfies Record<string, Field>;

/** Asks for the work once per item; what it answers is the item, an object as it is and anything else as `result`. */
export function runForeign(
  context: NodeContext,
  more: (index: number) => Pick<ForeignWork, 'kind' | 'name' | 'isAwaited' | 'heartbeatTimeoutMs'>,
): Promise<NodeResult> {
  const ask = context.ports.askTemporal;
  if (ask === undefined) throw refused(context, 'temporal.missing', 'There is no Temporal here that could do this.');
  return runPerItem(context, { concurrency }, async (item, index) => {
    const namespace = textOf(context, 'namespace', index);
    const answer = await ask(
      {
        ...more(index),
        taskQueue: requiredText(context, 'taskQueue', index),
        ...(namespace === undefined ? {} : { namespace }),
        args: argumentsOf(context, index, item.json),
        id: context.idempotencyKey(index),
        maxAttempts: Math.max(1, Math.trunc(Number(context.parameter('maxAttempts', index))) || 1),
      },
      context.signal,
    );
    const json = isObject(answer) ? (answer as JsonObject) : { result: answer ?? null };
    return [withFiles(json, undefined, madeFrom(context, index))];
  });
}

function argumentsOf(context: NodeContext, index: number, json: JsonObject): JsonValue[] {
  const given = context.parameter<JsonValue | undefined>('arguments', index);
  if (given === undefined || given === '') return [json];
  const value = typeof given === 'string' ? parsed(context, given) : given;
  return Array.isArray(value) ? value : [value];
}

function parsed(context: NodeContext, text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    throw refused(context, 'parameter.invalid', 'Its arguments are no JSON.');
  }
}

/** @throws StepFailure `parameter.invalid` where it is left empty */
export function requiredText(context: NodeContext, name: string, index: number): string {
  const text = textOf(context, name, index);
  if (text === undefined) throw refused(context, 'parameter.invalid', `"${name}" is empty.`);
  return text;
}

function textOf(context: NodeContext, name: string, index: number): string | undefined {
  const value = context.parameter<unknown>(name, index);
  return value === undefined || value === null || value === '' ? undefined : String(value);
}

/** @throws StepFailure `parameter.invalid` for what is no duration */
export function durationOf(context: NodeContext, name: string, index: number): number | undefined {
  const text = textOf(context, name, index);
  if (text === undefined) return undefined;
  const durationMs = parseDuration(text);
  if (durationMs !== undefined) return durationMs;
  throw refused(context, 'parameter.invalid', `"${name}" is "${text}", which is no duration. Write it like 30s or 2m.`);
}

function refused({ node }: NodeContext, code: string, message: string): StepFailure {
  return new StepFailure({ code, message, nodeId: node.id, retryable: false });
}
