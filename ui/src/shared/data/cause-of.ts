import type { StepError } from '@wfaib/sdk/errors';
import { t } from '../i18n/i18n.js';

/** A called workflow on the way to the cause. */
export interface FailedCall {
  runId: string | undefined;
  workflow: string;
}

/** What really went wrong where workflows call workflows, and through which calls it came up, outermost first. */
export function causeOf(error: StepError): { cause: StepError; calls: FailedCall[] } {
  const calls: FailedCall[] = [];
  let cause = error;
  while (cause.code === 'call.failed') {
    const { runId, error: inner } = detailsOf(cause);
    if (!inner) break;
    calls.push({ runId, workflow: /^"([^"]*)"/.exec(cause.message)?.[1] ?? t('data.aWorkflow') });
    cause = inner;
  }
  return { cause, calls };
}

function detailsOf({ details }: StepError): { runId: string | undefined; error: StepError | undefined } {
  const { runId, error } = (typeof details === 'object' && details !== null ? details : {}) as Record<string, unknown>;
  const isError = typeof error === 'object' && error !== null && typeof (error as StepError).message === 'string';
  return { runId: typeof runId === 'string' ? runId : undefined, error: isError ? (error as StepError) : undefined };
}
