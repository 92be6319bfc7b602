import type { StepError } from '@wfaib/sdk/errors';
import { CallChain } from './call-chain.js';
import { causeOf } from './cause-of.js';
import { t } from '../i18n/i18n.js';
import { toldError } from '../i18n/server-texts.js';

/** What went wrong, the cause first: where a called workflow failed, what failed in it. */
export function ErrorCard({ error, title }: { error: StepError; title?: string }) {
  const { cause, calls } = causeOf(error);
  const { details } = cause;
  return (
    <div className="rounded-card border border-failed/40 bg-failed-soft px-4 py-3">
      {title && <p className="text-13 font-semibold text-failed">{title}</p>}
      <p className="text-13 break-words whitespace-pre-wrap">{toldError(cause)}</p>
      <CallChain calls={calls} />
      <p className="mt-1.5 flex flex-wrap gap-x-4 text-12 text-muted">
        <span className="font-mono">{cause.code}</span>
        {cause.status !== undefined && <span>{t('data.status', { status: cause.status })}</span>}
        {cause.retryable === false && <span>{t('data.noRetry')}</span>}
      </p>
      {details !== undefined && details !== null && (
        <details className="mt-2 text-12">
          <summary className="cursor-pointer text-muted">{t('data.details')}</summary>
          <pre className="thin-scroll mt-1 max-h-60 overflow-auto rounded-md bg-surface p-2 font-mono text-12 whitespace-pre-wrap">
            {typeof details === 'string' ? details : JSON.stringify(details, null, 2)}
          </pre>
        </details>
      )}
    </div>
  );
}
