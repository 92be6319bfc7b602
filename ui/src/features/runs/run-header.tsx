import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ExternalLink, PencilRuler, Square } from 'lucide-react';
import { useState } from 'react';
import type { RunOverview } from '../../api/types.js';
import { Button } from '../../shared/components/button.js';
import { CallChain } from '../../shared/data/call-chain.js';
import { causeOf } from '../../shared/data/cause-of.js';
import { StatusGlyph, StatusLabel } from '../../shared/components/status.js';
import { notify, notifyError } from '../../shared/components/toasts.js';
import { durationBetween, formatDuration, formatInstant, formatInstantFully } from '../../shared/format/time.js';
import { t } from '../../shared/i18n/i18n.js';
import { cancelRun } from '../../shared/runs/api/cancel-run.js';
import { isOpen } from '../../shared/runs/api/use-run.js';
import { resumeRun } from './api/resume-run.js';
import { runPageKey } from './api/use-run-overview.js';
import { DeleteRun } from './delete-run.js';
import { countdown } from './model/countdown.js';
import { RunRelations } from './run-relations.js';
import { StopNow } from './stop-now.js';
import { toldError } from '../../shared/i18n/server-texts.js';

interface RunHeaderProps {
  run: RunOverview;
  now: number;
  /** Asks how the run is to be repeated. */
  onRetry(): void;
}

/** How the run stands, what failed and where, and what one can do about it. */
export function RunHeader({ run, now, onRetry }: RunHeaderProps) {
  const failed = run.status === 'failed' ? run.nodes.find(({ nodeId }) => nodeId === run.focus?.nodeId) : undefined;
  const nameOf = (nodeId: string) => run.nodes.find((node) => node.nodeId === nodeId)?.name ?? nodeId;
  const took = durationBetween(run.startedAt, run.endedAt, now);
  return (
    <header className="shrink-0 border-b border-line bg-surface px-4 py-3 md:px-6">
      <RunRelations run={run} />
      <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="text-16 font-semibold">{run.workflowName ?? t('runs.one')}</h1>
        <StatusLabel status={run.status} />
        <span className="text-12 text-muted" title={formatInstantFully(run.startedAt ?? run.createdAt)}>
          {run.mode === 'test'
            ? t('runs.test')
            : run.version === null
              ? t('runs.draft')
              : t('runs.version', { version: run.version })}{' '}
          · {formatInstant(run.startedAt ?? run.createdAt)}
          {took !== undefined && ` · ${formatDuration(took)}`}
        </span>
        {(run.takeovers ?? 0) > 0 && (
          <span className="text-12 font-medium text-accent" title={t('runs.takenOver')}>
            {t('runs.survived', { count: run.takeovers ?? 0 })}
          </span>
        )}
        <div className="flex-1" />
        <RunActions run={run} onRetry={onRetry} />
      </div>
      {run.status === 'failed' && (
        <div className="mt-2 text-13 break-words">
          <b className="font-semibold text-failed">
            {failed ? t('runs.failedAt', { name: failed.name }) : t('runs.failed')}
          </b>{' '}
          {run.error && toldError(causeOf(run.error).cause)}
          {run.error && <CallChain calls={causeOf(run.error).calls} />}
        </div>
      )}
      {run.children.length > 0 && (
        <p className="mt-2 flex flex-wrap gap-x-3 text-12 text-muted">
          {t('runs.called')}
          {run.children.map((child) => (
            <Link
              key={child.id}
              to="/runs/$runId"
              params={{ runId: child.id }}
              search={{}}
              className="inline-flex min-h-6 items-center gap-1 hover:text-ink"
            >
              <StatusGlyph status={child.status} size={12} />
              <span className="underline underline-offset-2">
                {child.workflowName} {child.id.slice(-8)}
              </span>
            </Link>
          ))}
        </p>
      )}
      {run.turn && <p className="mt-2 text-13 text-waiting">{turnText(run.turn, run.status)}</p>}
      {run.waits.map((wait) => (
        <p key={wait.id} className="mt-2 text-13 text-waiting">
          {waitText(wait, nameOf(wait.nodeId), now)}
        </p>
      ))}
    </header>
  );
}

function waitText({ until, kind }: RunOverview['waits'][number], name: string, now: number): string {
  if (until) return t('runs.waitsUntil', { name, until: countdown(Date.parse(until), now) });
  return t(kind === 'webhook' ? 'runs.waitsForCall' : 'runs.waitsAt', { name });
}

function turnText({ limit, ahead }: NonNullable<RunOverview['turn']>, status: RunOverview['status']): string {
  if (status === 'paused') return t('runs.turn.paused', { count: limit });
  const before = ahead === 0 ? t('runs.turn.next') : t('runs.turn.before', { count: ahead });
  return t('runs.turn.waiting', { count: limit, before });
}

function RunActions({ run, onRetry }: Pick<RunHeaderProps, 'run' | 'onRetry'>) {
  const [busy, setBusy] = useState(false);
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    await work().catch(notifyError);
    setBusy(false);
  };
  const refresh = () => queryClient.invalidateQueries({ queryKey: runPageKey(run.id) });
  const cancel = () =>
    attempt(async () => {
      await cancelRun(run.id);
      notify(t('runs.cancelling'));
      await refresh();
    });
  return (
    <div className="flex flex-wrap gap-2">
      {run.temporalUrl && (
        <a
          href={run.temporalUrl}
          target="_blank"
          rel="noreferrer"
          className="wf-touch-link inline-flex h-8 items-center gap-1.5 rounded-md px-2 font-medium text-muted hover:bg-subtle hover:text-ink"
        >
          <ExternalLink size={14} /> Temporal
        </a>
      )}
      {run.workflowId && (
        <Button
          icon={<PencilRuler size={14} />}
          onClick={() =>
            void navigate({
              to: '/workflows/$workflowId',
              params: { workflowId: run.workflowId ?? '' },
              search: { run: run.id },
            })
          }
        >
          {t('runs.openInEditor')}
        </Button>
      )}
      {run.status === 'paused' && !run.nodes.some(({ statuses }) => statuses.paused) && (
        <Button
          variant="primary"
          disabled={busy}
          onClick={() => void attempt(async () => void (await resumeRun(run.id), await refresh()))}
        >
          {t('runs.resume')}
        </Button>
      )}
      {isOpen(run.status) ? (
        <>
          <Button icon={<Square size={12} className="fill-current" />} disabled={busy} onClick={() => void cancel()}>
            {t('runs.cancel')}
          </Button>
          <StopNow runId={run.id} onStopped={refresh} />
        </>
      ) : (
        <>
          <Button variant={run.status === 'failed' ? 'primary' : 'default'} onClick={onRetry}>
            {t('run.retry')}
          </Button>
          <DeleteRun runId={run.id} />
        </>
      )}
    </div>
  );
}
