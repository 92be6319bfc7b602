import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronDown, PencilRuler, Square } from 'lucide-react';
import { useState } from 'react';
import type { Run } from '../../api/types.js';
import { Button } from '../../shared/components/button.js';
import { Menu } from '../../shared/components/menu.js';
import { StatusLabel } from '../../shared/components/status.js';
import { notify, notifyError } from '../../shared/components/toasts.js';
import { durationBetween, formatDuration, formatInstant, formatInstantFully } from '../../shared/format/time.js';
import { cancelRun } from '../../shared/runs/api/cancel-run.js';
import { isOpen, runKey } from '../../shared/runs/api/use-run.js';
import { resumeRun } from './api/resume-run.js';
import { retryRun } from './api/retry-run.js';
import type { RetryRequest } from './api/retry-run.js';

interface RunHeaderProps {
  run: Run;
  name: string | undefined;
  now: number;
}

/** How the run stands, what failed and where, and what one can do about it. */
export function RunHeader({ run, name, now }: RunHeaderProps) {
  const failed = run.steps.find((step) => step.status === 'failed');
  const took = durationBetween(run.startedAt ?? run.createdAt, run.endedAt, now);
  return (
    <header className="shrink-0 border-b border-line bg-surface px-6 py-3">
      <div className="flex items-center gap-2 text-12 text-muted">
        <Link to="/runs" search={{}} className="hover:text-ink">
          Runs
        </Link>
        <span aria-hidden>›</span>
        <span className="font-mono select-all">{run.id}</span>
        {run.retryOf && (
          <Link
            to="/runs/$runId"
            params={{ runId: run.retryOf }}
            search={{}}
            className="underline underline-offset-2 hover:text-ink"
          >
            retry of {run.retryOf.slice(-8)}
          </Link>
        )}
        {run.parentRunId && (
          <Link
            to="/runs/$runId"
            params={{ runId: run.parentRunId }}
            search={{}}
            className="underline underline-offset-2 hover:text-ink"
          >
            called by {run.parentRunId.slice(-8)}
          </Link>
        )}
      </div>
      <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="text-16 font-semibold">{name ?? 'Run'}</h1>
        <StatusLabel status={run.status} />
        <span className="text-12 text-muted" title={formatInstantFully(run.startedAt ?? run.createdAt)}>
          {run.mode === 'test' ? 'test' : run.version === null ? 'draft' : `v${run.version}`} ·{' '}
          {formatInstant(run.startedAt ?? run.createdAt)}
          {took !== undefined && ` · ${formatDuration(took)}`}
        </span>
        {(run.takeovers ?? 0) > 0 && (
          <span
            className="text-12 font-medium text-accent"
            title="A process stopped while this ran. Finished steps were not repeated."
          >
            ◆ Survived {run.takeovers === 1 ? '1 takeover' : `${run.takeovers} takeovers`}, continued on its own
          </span>
        )}
        <div className="flex-1" />
        <RunActions run={run} failedNodeId={failed?.nodeId} />
      </div>
      {run.status === 'failed' && (
        <p className="mt-2 text-13 break-words">
          <b className="font-semibold text-failed">Failed{failed ? ` at “${failed.name}”` : ''}.</b>{' '}
          {run.error?.message ?? failed?.error?.message}
        </p>
      )}
      {run.waits.map((wait) => (
        <p key={wait.id} className="mt-2 text-13 text-waiting">
          Waiting at “{run.steps.find((step) => step.nodeId === wait.nodeId)?.name ?? wait.nodeId}”
          {wait.until
            ? ` until ${formatInstant(wait.until)}`
            : wait.kind === 'webhook'
              ? ' for a call to its resume address'
              : ''}
          . It uses no computing meanwhile.
        </p>
      ))}
    </header>
  );
}

function RunActions({ run, failedNodeId }: { run: Run; failedNodeId: string | undefined }) {
  const [busy, setBusy] = useState(false);
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    await work().catch(notifyError);
    setBusy(false);
  };
  const refresh = () => queryClient.invalidateQueries({ queryKey: runKey(run.id) });
  const cancel = () =>
    attempt(async () => {
      await cancelRun(run.id);
      notify('The run is being cancelled.');
      await refresh();
    });
  const retry = (request: RetryRequest) =>
    attempt(async () => {
      const runId = await retryRun(run.id, request);
      notify('A new run has started; this one stays as it is.');
      await navigate({ to: '/runs/$runId', params: { runId }, search: {} });
    });
  return (
    <div className="flex gap-2">
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
          Open in editor
        </Button>
      )}
      {run.status === 'paused' && (
        <Button
          variant="primary"
          disabled={busy}
          onClick={() => void attempt(async () => void (await resumeRun(run.id), await refresh()))}
        >
          Resume
        </Button>
      )}
      {isOpen(run.status) ? (
        <Button icon={<Square size={12} className="fill-current" />} disabled={busy} onClick={() => void cancel()}>
          Cancel run
        </Button>
      ) : (
        <Menu
          trigger={
            <Button variant={run.status === 'failed' ? 'primary' : 'default'} disabled={busy}>
              Retry <ChevronDown size={14} />
            </Button>
          }
          entries={retryEntries(run, failedNodeId, retry)}
        />
      )}
    </div>
  );
}

function retryEntries(run: Run, failedNodeId: string | undefined, retry: (request: RetryRequest) => Promise<void>) {
  const fromFailed = failedNodeId
    ? [
        { label: 'From the failed step, same version', onSelect: () => void retry({ from: failedNodeId }) },
        {
          label: 'From the failed step, live version',
          onSelect: () => void retry({ from: failedNodeId, version: 'live' }),
        },
        { label: 'From the failed step, draft', onSelect: () => void retry({ from: failedNodeId, version: 'draft' }) },
      ]
    : [];
  return [
    ...fromFailed,
    { label: 'From the start, same input', separated: fromFailed.length > 0, onSelect: () => void retry({}) },
    ...(run.workflowId
      ? [{ label: 'From the start, live version', onSelect: () => void retry({ version: 'live' as const }) }]
      : []),
  ];
}
