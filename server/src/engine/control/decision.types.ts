import { z } from 'zod';
import type { ApprovalDecision } from '../../interpreter/approvals.js';

// PostgreSQL has no zero character.
const key = z
  .string()
  .min(1)
  .max(300)
  .refine((text) => !text.includes('\0'), 'must not hold a zero character');

/** Most that a person can fill in, in characters of JSON: it stands in the journal. */
const maxAnswer = 64_000;

/** What a person decides. */
export const decision = z
  .object({
    decision: z.enum(['approve', 'reject']),
    comment: z.string().max(10_000).optional(),
    data: z
      .json()
      .refine((data) => JSON.stringify(data).length <= maxAnswer, `must be ${maxAnswer} characters of JSON or fewer`)
      .optional(),
    /** The same id is the same decision, whoever sends it again. */
    decisionId: key.optional(),
  })
  .meta({ id: 'Decision' });
export type Decision = z.infer<typeof decision>;

/** A decision as the journal has it. */
export function decided({ decision: asked }: Pick<Decision, 'decision'>): ApprovalDecision['decision'] {
  return asked === 'approve' ? 'approved' : 'rejected';
}
