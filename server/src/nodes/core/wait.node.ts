import { DateTime } from 'luxon';
import type { WaitSpec } from '../../interpreter/run-events.types.js';
import { StepFailure, type CoreNode, type NodeContext } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { parseDuration } from '../duration.js';

/** Pauses the branch, for as long as it takes: the pause survives restarts. Its items go on when it ends. */
export const waitNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.wait',
    label: 'Wait',
    description: 'Pauses for a time, until a moment, or until a web address is called.',
    icon: 'hourglass',
    category: 'flow',
    outputs: [
      { name: 'main', label: 'done' },
      { name: 'timeout', label: 'timed out' },
    ],
    fields: {
      for: {
        kind: 'text',
        format: 'duration',
        label: 'Wait for',
        help: 'Seconds, minutes, hours, days or weeks: 90s, 30m, 1h30m, 2d, 1w. ISO 8601 works too: PT30M.',
        placeholder: '30m',
      },
      until: {
        kind: 'datetime',
        label: 'Or until',
        help: 'A date and time; without an offset it is in the time zone of the workflow.',
        placeholder: '2030-01-31T09:00',
      },
      webhook: {
        kind: 'boolean',
        label: 'Or until the resume address is called',
        help: 'The address is $run.resumeUrl. It may be called before the wait is reached, and only once.',
        default: false,
      },
      timeout: {
        kind: 'text',
        format: 'duration',
        label: 'Longest wait for the call',
        help: 'After it the items leave through "timed out". Left empty, it waits for ever.',
        placeholder: '7d',
        showWhen: { webhook: [true] },
      },
    },
    requiredOneOf: [['for', 'until', 'webhook']],
    summary: '{{for}}{{until}}',
  }),
  run: (context) => ({ outputs: {}, waits: [waitOf(context)] }),
};

function waitOf(context: NodeContext): WaitSpec {
  if (context.parameter('webhook', 0) === true) {
    const timeout = context.parameter<unknown>('timeout', 0);
    return isEmpty(timeout) ? { kind: 'webhook' } : { kind: 'webhook', until: after(context, 'timeout', timeout) };
  }
  const duration = context.parameter<unknown>('for', 0);
  if (!isEmpty(duration)) return { kind: 'timer', until: after(context, 'for', duration) };
  const until = context.parameter<unknown>('until', 0);
  if (!isEmpty(until)) return { kind: 'timer', until: momentOf(context, until) };
  throw refused(context, 'The wait has no end: give it a time (for), a moment (until) or a resume address (webhook).');
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function after(context: NodeContext, field: string, value: unknown): number {
  const durationMs = parseDuration(value);
  if (durationMs !== undefined) return context.now + durationMs;
  throw refused(
    context,
    `"${field}" is ${JSON.stringify(value)}, which is no duration. Write it like 30m, 1h30m or 2d.`,
  );
}

function momentOf(context: NodeContext, value: unknown): number {
  const moment =
    typeof value === 'number'
      ? DateTime.fromMillis(value)
      : DateTime.fromISO(String(value), { zone: context.timezone });
  if (moment.isValid) return moment.toMillis();
  throw refused(context, `"until" is ${JSON.stringify(value)}, which is no date. Write it like 2030-01-31T09:00.`);
}

function refused(context: NodeContext, message: string): StepFailure {
  return new StepFailure({ code: 'parameter.invalid', message, nodeId: context.node.id, retryable: false });
}
