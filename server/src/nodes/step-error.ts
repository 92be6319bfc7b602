import type { StepError } from '@wfaib/sdk/errors';
import { StepFailure } from './core-node.types.js';

type Coded = Partial<
  Record<'code' | 'message' | 'status' | 'details' | 'retryable' | 'retryAfterMs' | 'outcomeUnknown', unknown>
>;

/**
 * What a thrown value tells about the step. Errors are recognised by their `code`, since they cross package copies;
 * one without a code is a fault of the node itself, `step.failed`.
 */
export function stepErrorOf(thrown: unknown, nodeId: string): StepError {
  if (thrown instanceof StepFailure) return { nodeId, ...thrown.error };
  const coded = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Coded;
  return {
    code: typeof coded.code === 'string' ? coded.code : 'step.failed',
    message: typeof coded.message === 'string' ? coded.message : String(thrown),
    nodeId,
    ...(typeof coded.status === 'number' ? { status: coded.status } : {}),
    ...(coded.details === undefined ? {} : { details: coded.details }),
    ...(typeof coded.retryable === 'boolean' ? { retryable: coded.retryable } : {}),
    ...(typeof coded.retryAfterMs === 'number' ? { retryAfterMs: coded.retryAfterMs } : {}),
    ...(typeof coded.outcomeUnknown === 'boolean' ? { outcomeUnknown: coded.outcomeUnknown } : {}),
  };
}
