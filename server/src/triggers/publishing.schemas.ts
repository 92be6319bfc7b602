import { z } from 'zod';

/** Body of a publish; without it the draft is published. */
export const publishWorkflow = z
  .strictObject({
    version: z.number().int().min(1).max(2_147_483_647).optional(),
    /** What people should know about the new version. */
    note: z
      .string()
      .max(2_000)
      .transform((text) => text.replaceAll('\0', '').trim())
      .optional(),
  })
  .nullish()
  .meta({ id: 'PublishWorkflow' });
export type PublishWorkflow = z.infer<typeof publishWorkflow>;

/** Body of a request to listen: the webhook of the draft that is to be tried. */
export const listenToNode = z.strictObject({ nodeId: z.string().min(1).max(100) }).meta({ id: 'ListenToNode' });
export type ListenToNode = z.infer<typeof listenToNode>;

export const workflowId = z.uuid().meta({ title: 'workflow' });
