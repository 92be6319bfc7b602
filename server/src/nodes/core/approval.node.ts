import type { ApprovalField, ApprovalRequest } from '../../interpreter/approvals.js';
import { approversIn } from '../approvers.js';
import { coreDescriptor } from '../core-descriptor.js';
import { StepFailure, type CoreNode, type NodeContext } from '../core-node.types.js';
import { parseDuration } from '../duration.js';
import { asGroups, asText, asTexts } from '../parameter-shapes.js';
import { approvalFields } from './approval.fields.js';

/** Waits until people have decided. The items go on, with what was decided as `approval`. */
export const approvalNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.approval',
    label: 'Approval',
    description: 'Asks people and waits for their decision, for as long as it takes.',
    icon: 'user-check',
    category: 'people',
    outputs: [{ name: 'approved' }, { name: 'rejected' }, { name: 'timeout', label: 'timed out' }],
    fields: approvalFields,
    summary: '{{title}}',
  }),
  run: (context) => {
    const timeoutMs = durationOf(context, 'timeout');
    const until = timeoutMs === undefined ? {} : { until: context.now + timeoutMs };
    return { outputs: {}, waits: [{ kind: 'approval', ...until, approval: requestOf(context) }] };
  },
};

const maxTitle = 300;
const maxMessage = 20_000;
const maxApprovers = 100;

function requestOf(context: NodeContext): ApprovalRequest {
  const approvers = approversOf(context);
  const required = Number(context.parameter('required', 0));
  if (!Number.isInteger(required) || required < 1)
    throw refused(context, `"required" is ${shown(context.parameter('required', 0))}; it must be 1 or more.`);
  if (approvers.length > 0 && required > approvers.length)
    throw refused(context, `${required} people have to approve, and only ${approvers.length} are asked.`);
  const remindMs = durationOf(context, 'reminder');
  return {
    title: (asText(context.parameter('title', 0)) ?? context.node.name).slice(0, maxTitle),
    message: (asText(context.parameter('message', 0)) ?? '').slice(0, maxMessage),
    approvers,
    required,
    form: asGroups<Partial<ApprovalField>>(context.parameter('form', 0)).map((field) => formField(context, field)),
    onTimeout: context.parameter('onTimeout', 0),
    ...(remindMs === undefined ? {} : { remindMs }),
  };
}

function approversOf(context: NodeContext): string[] {
  const found = approversIn(context.parameter('approvers', 0));
  if (found.length > maxApprovers) throw refused(context, `More than ${maxApprovers} people are asked.`);
  return found;
}

function formField(context: NodeContext, field: Partial<ApprovalField>): ApprovalField {
  const name = asText(field.name);
  if (name === undefined) throw refused(context, 'A field of the form has no name.');
  const choices = asTexts(field.choices);
  const help = asText(field.help);
  if (field.kind === 'select' && choices.length === 0)
    throw refused(context, `The field "${name}" of the form has nothing to choose from.`);
  return {
    name,
    label: asText(field.label) ?? name,
    kind: field.kind ?? 'text',
    ...(field.required === true && { required: true }),
    ...(choices.length > 0 && { choices }),
    ...(help !== undefined && { help }),
    ...(field.default !== undefined && field.default !== null && { default: field.default }),
  };
}

function durationOf(context: NodeContext, name: string): number | undefined {
  const value = context.parameter<unknown>(name, 0);
  if (value === undefined || value === null || value === '') return undefined;
  const durationMs = parseDuration(value);
  if (durationMs !== undefined) return durationMs;
  throw refused(context, `"${name}" is ${shown(value)}, which is no duration. Write it like 30m, 1h30m or 2d.`);
}

const shown = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

function refused(context: NodeContext, message: string): StepFailure {
  return new StepFailure({ code: 'parameter.invalid', message, nodeId: context.node.id, retryable: false });
}
