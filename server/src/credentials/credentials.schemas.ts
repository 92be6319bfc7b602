import { z } from 'zod';

const name = z.string().trim().min(1).max(200);
const values = z.record(z.string().max(100), z.union([z.string().max(100_000), z.number(), z.boolean(), z.null()]));

/** Most calls that may use it at once, over all workflows and servers; null for no limit. */
const maxConcurrentCalls = z.int().min(1).max(1_000).nullable();

export const credentialId = z.uuid().meta({ title: 'credential' });

export const createCredential = z
  .strictObject({
    name,
    kind: z.string().min(1).max(200),
    values: values.default({}),
    maxConcurrentCalls: maxConcurrentCalls.optional(),
  })
  .meta({ id: 'CreateCredential' });
export type CreateCredential = z.infer<typeof createCredential>;

/** Values that are left out stay as they are; null takes one away. */
export const changeCredential = z
  .strictObject({
    name: name.optional(),
    kind: z.string().optional(),
    values: values.default({}),
    maxConcurrentCalls: maxConcurrentCalls.optional(),
  })
  .meta({ id: 'ChangeCredential' });
export type ChangeCredential = z.infer<typeof changeCredential>;
