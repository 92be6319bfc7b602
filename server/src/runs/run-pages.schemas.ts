import { z } from 'zod';

const path = z
  .string()
  .regex(/^\d{1,9}(,\d{1,9}){0,9}$/, 'must be indexes divided by commas, outermost loop first, as in 40 or 2,17')
  .transform((text) => text.split(',').map(Number));
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const nodeId = z.string().min(1).max(100);
const slice = z.object({
  offset: z.coerce.number().int().min(0).max(100_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** Query of the visits of a run; `problems=true` leaves those that failed, were handled, or were tried again; `keyed=true` those that touched the outside. */
export const stepsQuery = slice.extend({
  nodeId: nodeId.optional(),
  iteration: path.optional(),
  problems: flag.default(false),
  keyed: flag.default(false),
});
export type StepsQuery = z.infer<typeof stepsQuery>;

/** Query of the iterations of a loop: ids of the nodes of its body, divided by commas; `within`: where it is nested. */
export const iterationsQuery = slice.extend({
  nodes: z
    .string()
    .min(1)
    .max(20_000)
    .transform((text) => text.split(',')),
  within: path.optional(),
  problems: flag.default(false),
});
export type IterationsQuery = z.infer<typeof iterationsQuery>;

export const logsQuery = slice.extend({ nodeId: nodeId.optional() });
export type LogsQuery = z.infer<typeof logsQuery>;

/** Query of what one step of a workflow gave lately. */
export const stepOutputsQuery = z.object({
  workflowId: z.uuid(),
  nodeId,
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type StepOutputsQuery = z.infer<typeof stepOutputsQuery>;

/** Ids of workflows, divided by commas. */
export const recentQuery = z.object({
  workflowIds: z
    .string()
    .transform((text) => text.split(',').filter((id) => id !== ''))
    .pipe(z.array(z.uuid()).max(200)),
});
export type RecentQuery = z.infer<typeof recentQuery>;
