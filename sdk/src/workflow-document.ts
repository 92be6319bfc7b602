import { z } from 'zod';
import type { Sentence } from './sentence.js';

/** Newest version of the document format this build writes. Older ones are lifted by an upcaster. */
export const documentVersion = 1;

const portRef = z.object({
  node: z.string().min(1),
  /** @defaultValue "main" */
  port: z.string().min(1).default('main'),
});

const connection = z.object({ from: portRef, to: portRef });

const retryPolicy = z.object({
  /** How often the step may run in all, the first try included. 1 means no retry. */
  maxAttempts: z.number().int().min(1).max(100).default(3),
  /** Wait before the first retry, in milliseconds. */
  initialMs: z.number().int().min(0).max(86_400_000).default(1_000),
  /** The wait grows by this factor from retry to retry. */
  factor: z.number().min(1).max(10).default(2),
  /** Longest wait between two tries, in milliseconds. */
  maxMs: z.number().int().min(0).max(86_400_000).default(60_000),
  /** Spread the waits at random, so that many runs do not come back at once. */
  jitter: z.boolean().default(true),
  /** Only these error codes are retried. */
  on: z.array(z.string()).optional(),
  /** These error codes are never retried. */
  notOn: z.array(z.string()).optional(),
});

const fileRef = z.object({
  id: z.string(),
  name: z.string(),
  mimeType: z.string(),
  size: z.number(),
  sha256: z.string(),
});

/** Items as people and callers write them: lineage is the engine's to add. */
export const itemInput = z.object({
  json: z.record(z.string(), z.json()),
  files: z.record(z.string(), fileRef).optional(),
});

const workflowNode = z.object({
  id: z.string().min(1).max(100),
  name: z.string().min(1).max(200),
  /** `core.<name>` or `<connector>.<action>`. */
  type: z.string().min(1).max(200),
  /** Newest when left out. */
  typeVersion: z.number().int().min(1).optional(),
  position: z.tuple([z.number(), z.number()]).optional(),
  parameters: z.record(z.string(), z.unknown()).default({}),
  /** Slot name to credential id. */
  credentials: z.record(z.string(), z.string()).optional(),
  disabled: z.boolean().optional(),
  notes: z.string().optional(),
  /** Used instead of running the node, in test mode only. */
  pinned: z.array(itemInput).optional(),
  /** Longest one try may take, in milliseconds. */
  timeoutMs: z.number().int().min(1).max(86_400_000).optional(),
  /** An empty result becomes one `{ json: {} }` on the first port. */
  alwaysOutput: z.boolean().optional(),
  /** Only the first item is worked on. */
  executeOnce: z.boolean().optional(),
  retry: retryPolicy.partial().optional(),
  /** `pause`: the run waits at the step until a person decides. */
  onError: z.enum(['stop', 'continue', 'errorOutput', 'pause']).default('stop'),
  /** The node that undoes this one. */
  compensateWith: z.string().optional(),
});

export const durabilities = ['auto', 'standard', 'strict', 'express', 'queue'] as const;

/**
 * How many days ended runs of a workflow are kept, and how many of them at most. It takes the place of what the
 * installation says (`WFAIB_RETENTION_DAYS`, `WFAIB_RETENTION_RUNS`). A limit that is 0 or left out is none; without any
 * limit in it, it is as if it were not there.
 */
export const runRetention = z.object({
  days: z.number().int().min(0).max(36_500).optional(),
  runs: z.number().int().min(0).max(1_000_000_000).optional(),
});
export type RunRetention = z.output<typeof runRetention>;

const workflowSettings = z.object({
  /** IANA time zone of dates and schedules. */
  timezone: z.string().default('UTC'),
  durability: z.enum(durabilities).default('auto'),
  branches: z.enum(['parallel', 'sequential']).default('parallel'),
  /** Longest a whole run may take, in milliseconds. */
  timeoutMs: z.number().int().min(1).optional(),
  /** What a failure does that would end the run. @defaultValue "stop" */
  onFailure: z.enum(['stop', 'pause']).optional(),
  maxConcurrentRuns: z.number().int().min(1).optional(),
  errorWorkflowId: z.string().optional(),
  saveData: z.enum(['all', 'failed', 'none']).default('all'),
  retention: runRetention.optional(),
});

const stickyNote = z.looseObject({
  id: z.string(),
  text: z.string().default(''),
  position: z.tuple([z.number(), z.number()]).optional(),
  size: z.tuple([z.number(), z.number()]).optional(),
  color: z.string().optional(),
});

const nodeGroup = z.looseObject({
  id: z.string(),
  name: z.string().default(''),
  nodes: z.array(z.string()).default([]),
});

/**
 * A workflow as people read, diff, review and move it. Only the shape is checked here; what the graph means
 * (unknown types, dangling connections, cycles) is the problem list of `POST /api/workflows/validate`.
 */
export const workflowDocument = z
  .object({
    wfaib: z.literal(1),
    name: z.string().min(1).max(200),
    nodes: z.array(workflowNode).max(5_000),
    connections: z.array(connection).max(20_000),
    settings: workflowSettings.prefault({}),
    notes: z.array(stickyNote).optional(),
    groups: z.array(nodeGroup).optional(),
    meta: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'WorkflowDocument' });

/** A document with all defaults filled in. */
export type WorkflowDocument = z.output<typeof workflowDocument>;
/** A document as a person may write it, defaults left out. */
export type WorkflowDocumentInput = z.input<typeof workflowDocument>;
export type WorkflowNode = z.output<typeof workflowNode>;
export type Connection = z.output<typeof connection>;
export type RetryPolicy = z.output<typeof retryPolicy>;
export type WorkflowSettings = z.output<typeof workflowSettings>;
export type Durability = (typeof durabilities)[number];

/** The policy with its defaults; a node without `retry` is tried once. */
export function retryPolicyOf(node: Pick<WorkflowNode, 'retry'>): RetryPolicy {
  return retryPolicy.parse(node.retry ?? { maxAttempts: 1 });
}

export const problemCodes = [
  'node.typeUnknown',
  'node.fieldUnknown',
  'node.duplicateId',
  'node.duplicateName',
  'node.unknownReference',
  'node.compensationInvalid',
  'node.laterReference',
  'node.outdated',
  'connection.dangling',
  'connection.portUnknown',
  'graph.cycle',
  'graph.noTrigger',
  'graph.unreached',
  'expression.syntax',
  'parameter.missing',
  'parameter.invalid',
  'parameter.unknown',
  'credential.missing',
  'credential.unknown',
  'credential.failing',
] as const;

/** How bad a problem is, the worst first. An error stops publishing and running; a warning and an info do not. */
export const severities = ['error', 'warning', 'info'] as const;

/** One thing that is wrong with a document, or worth knowing of it. */
export interface Problem {
  severity: (typeof severities)[number];
  code: (typeof problemCodes)[number];
  nodeId?: string;
  /** Path of the field within the node, for example `parameters.fields.total`. */
  field?: string;
  message: string;
  /** The message, for those who show it in another language. */
  said?: Sentence;
}
