import { z } from 'zod';
import { itemInput } from '@wfaib/sdk/workflow-document';
import { decision } from './control/decision.types.js';

export const runIdParam = z.uuid().meta({ title: 'run' });

const version = z.union([z.number().int().min(1).max(2_147_483_647), z.enum(['live', 'draft'])]);
const jsonObject = z.record(z.string(), z.json());
const nodeId = z.string().min(1).max(100);
// PostgreSQL has no zero character.
const key = z
  .string()
  .min(1)
  .max(300)
  .refine((text) => !text.includes('\0'), 'must not hold a zero character');

/** Items as callers write them: whole items, or plain objects that become the `json` of one. */
const input = z.union([z.array(z.union([itemInput.strict(), jsonObject])), itemInput.strict(), jsonObject]);

/** Body of `POST /api/runs`: a workflow by its id, or a document. */
export const startRun = z
  .strictObject({
    workflowId: z.uuid().optional(),
    version: version.optional(),
    document: z.unknown().optional(),
    mode: z.enum(['production', 'test']).default('production'),
    input: input.optional(),
    startAt: nodeId.optional(),
    stopAt: nodeId.optional(),
    idempotencyKey: key.optional(),
  })
  .refine((body) => (body.workflowId === undefined) !== (body.document === undefined), {
    message: 'must name a workflowId or hold a document, one of the two',
  })
  .meta({ id: 'StartRun' });
export type StartRun = z.infer<typeof startRun>;

/**
 * Body of `POST /api/runs/:id/retry`: done again from a node (`from`), from one visit of it (`step`), or from after an
 * event of the journal (`at`); `items` take the place of the input there, else of what the run was started with.
 */
export const retryRun = z
  .strictObject({
    from: nodeId.optional(),
    step: z
      .string()
      .regex(/^[\w.:-]{1,200}$/)
      .optional(),
    at: z.number().int().min(1).max(2_147_483_647).optional(),
    items: z.array(itemInput).optional(),
    version: version.optional(),
  })
  .refine(({ from, step }) => from === undefined || step === undefined, {
    message: 'must name a node with from or a visit with step, not both',
  })
  .default({})
  .meta({ id: 'RetryRun' });
export type RetryRun = z.infer<typeof retryRun>;

/** Body of `POST /api/runs/:id/cancel`. `force`: ends at once and undoes nothing. */
export const cancelRun = z
  .strictObject({ force: z.boolean().default(false) })
  .default({ force: false })
  .meta({ id: 'CancelRun' });
export type CancelRun = z.infer<typeof cancelRun>;

/**
 * Body of `POST /api/runs/:id/resume`: what becomes of a step the run is paused at (`retry`, `skip`, `use`), or of one
 * that could not be undone (`retry`, `skip`, `done`). `step` is the id of the step, or of its node; it may be left out
 * where there is only one. Without an action the steps the run is paused at are tried again.
 */
export const resumeRun = z
  .strictObject({
    step: z.string().min(1).max(200).optional(),
    action: z.enum(['retry', 'skip', 'use', 'done']).optional(),
    /** Of `skip`: what goes on. @defaultValue "input" */
    with: z.enum(['input', 'nothing']).optional(),
    /** Of `use`: what stands for the output of the step. */
    items: input.optional(),
  })
  .default({})
  .refine(({ action, items }) => (action === 'use') === (items !== undefined), {
    message: 'must hold items for the action "use", and for no other',
  })
  .refine(({ action, step }) => action !== undefined || step === undefined, {
    message: 'must name an action for the step: retry, skip, use or done',
  })
  .meta({ id: 'ResumeRun' });
export type ResumeRun = z.infer<typeof resumeRun>;

/** Body of `POST /api/runs/:id/decide`. */
export const decideRun = decision.extend({ token: z.string().min(1).max(500) }).meta({ id: 'DecideRun' });
export type DecideRun = z.infer<typeof decideRun>;
