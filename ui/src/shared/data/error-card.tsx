import type { StepError } from '@wfaib/sdk/errors';

/** What failed, in the words of the step, then the details for who needs them. */
export function ErrorCard({ error, title }: { error: StepError; title?: string }) {
  return (
    <div className="rounded-card border border-failed/40 bg-failed-soft px-4 py-3">
      {title && <p className="text-13 font-semibold text-failed">{title}</p>}
      <p className="text-13 break-words whitespace-pre-wrap">{error.message}</p>
      <p className="mt-1.5 flex flex-wrap gap-x-4 text-12 text-muted">
        <span className="font-mono">{error.code}</span>
        {error.status !== undefined && <span>status {error.status}</span>}
        {error.retryable === false && <span>trying again would not help</span>}
      </p>
      {error.details !== undefined && error.details !== null && (
        <details className="mt-2 text-12">
          <summary className="cursor-pointer text-muted">Details</summary>
          <pre className="thin-scroll mt-1 max-h-60 overflow-auto rounded-md bg-surface p-2 font-mono text-12 whitespace-pre-wrap">
            {typeof error.details === 'string' ? error.details : JSON.stringify(error.details, null, 2)}
          </pre>
        </details>
      )}
    </div>
  );
}
