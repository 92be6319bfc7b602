import { Fragment } from 'react';
import type { FailedCall } from './cause-of.js';
import { t } from '../i18n/i18n.js';

/** The called workflows that a failure came up through; each leads to its run. */
export function CallChain({ calls }: { calls: readonly FailedCall[] }) {
  if (calls.length === 0) return null;
  return (
    <p className="mt-1 text-12 text-muted">
      {t('data.called')}{' '}
      {calls.map(({ runId, workflow }, index) => (
        <Fragment key={runId ?? index}>
          {index > 0 && <span aria-hidden> › </span>}
          {runId ? (
            <a href={`/runs/${runId}`} className="underline underline-offset-2 hover:text-ink">
              {workflow}
            </a>
          ) : (
            workflow
          )}
        </Fragment>
      ))}
    </p>
  );
}
