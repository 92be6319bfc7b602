import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { RunOverview } from '../../api/types.js';
import { t } from '../../shared/i18n/i18n.js';

/** Which run this is, which runs it goes back to and which came of it: `run 8f2 → retry of 7c1`. */
export function RunRelations({ run }: { run: RunOverview }) {
  const [before] = run.retryChain;
  return (
    <div className="flex flex-wrap items-center gap-x-2 text-12 text-muted">
      <Link to="/runs" search={{}} className="inline-flex min-h-6 min-w-6 items-center hover:text-ink">
        {t('runs.title')}
      </Link>
      <span aria-hidden>›</span>
      <span className="font-mono select-all">{run.id}</span>
      {run.retryChain.map((id) => (
        <span key={id} className="contents">
          <span aria-hidden>→</span>
          <RunLink id={id}>{t('run.retryOf', { id: id.slice(-8) })}</RunLink>
        </span>
      ))}
      {run.parentRunId && (
        <RunLink id={run.parentRunId}>{t('run.calledBy', { id: run.parentRunId.slice(-8) })}</RunLink>
      )}
      {run.retries.map(({ id }) => (
        <RunLink key={id} id={id}>
          {t('run.retriedAs', { id: id.slice(-8) })}
        </RunLink>
      ))}
      {run.workflowId && (
        <Link
          to="/workflows/$workflowId"
          params={{ workflowId: run.workflowId }}
          search={{ compare: run.id }}
          className={look}
        >
          {t('run.compareDraft')}
        </Link>
      )}
      {before !== undefined && (
        <Link to="/runs/$runId/compare/$otherId" params={{ runId: before, otherId: run.id }} className={look}>
          {t('run.compareTwo')}
        </Link>
      )}
    </div>
  );
}

const look = 'inline-flex min-h-6 items-center underline underline-offset-2 hover:text-ink';

function RunLink({ id, children }: { id: string; children: ReactNode }) {
  return (
    <Link to="/runs/$runId" params={{ runId: id }} search={{}} className={look}>
      {children}
    </Link>
  );
}
