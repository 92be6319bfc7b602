import { z } from 'zod';

/** `input` holds the parameters filled in so far, without expressions. */
export const lookUpChoices = z
  .strictObject({
    loader: z.string().min(1).max(200),
    input: z.record(z.string().max(200), z.json()).default({}),
    search: z.string().max(200).default(''),
    credentialId: z.uuid().optional(),
  })
  .meta({ id: 'LookUpChoices' });
export type LookUpChoices = z.infer<typeof lookUpChoices>;
