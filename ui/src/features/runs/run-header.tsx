import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronDown, ExternalLink, PencilRuler, Square } from 'lucide-react';
import { useState } from 'react';
import type { RunOverview } from '../../api/types.js';
import { Button } from '../../shared/components/button.js';
import { Menu } from '../../shared/components/menu.js';
import { CallChain } from '../../shared/data/call-chain.js';
import { causeOf } from '../../shared/data/cause-of.js';
import { StatusGlyph, StatusLabel } from '../../shared/components/status.js';
import { notify, notifyError } from '../../shared/components/toasts.js';
import { durationBetween, formatDuration, formatInstant, formatInstantFully } from '../../shared/format/time.js';
import { cancelRun } from '../../shared/runs/api/cancel-run.js';
import { isOpen } from '../../shared/runs/api/use-run.js';
import { resumeRun } from './api/resume-run.js';
import type { RetryRequest } from './api/retry-run.js';
import { runPageKey } from './api/use-run-overview.js';
import { DeleteRun } from './delete-run.js';
import { countdown } from './model/countdown.js';
import { StopNow } from './stop-now.js';
import { useRetry } from './use-retry.js';

interface RunHeaderProps {
  run: RunOverview;
  now: number;
  /** Opens the input of the run for editing. */
  onEditStart(): void;
}

/** How the run stands, what failed and where, and what one can do about it. */
export function RunHeader({ run, now, onEditStart }: RunHeaderProps) {
  const failed = run.status === 'failed' ? run.nodes.find(({ nodeId }) => nodeId === run.focus?.nodeId) : undefined;
  const nameOf = (nodeId: string) => run.nodes.find((node) => node.nodeId === nodeId)?.name ?? nodeId;
  const took = durationBetween(run.startedAt, run.endedAt, now);
  return (
    <header className="shrink-0 border-b border-line bg-surface px-4 py-3 md:px-6">
      <div className="flex flex-wrap items-center gap-x-2 text-12 text-muted">
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
        {run.retries.map(({ id }) => (
          <Link
            key={id}
            to="/runs/$runId"
            params={{ runId: id }}
            search={{}}
            className="underline underline-offset-2 hover:text-ink"
          >
            retried as {id.slice(-8)}
          </Link>
        ))}
        {run.retryOf && (
          <Link
            to="/runs/$runId/compare/$otherId"
            params={{ runId: run.retryOf, otherId: run.id }}
            className="underline underline-offset-2 hover:text-ink"
          >
            compare the two
          </Link>
        )}
      </div>
      <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="text-16 font-semibold">{run.workflowName ?? 'Run'}</h1>
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
        <RunActions run={run} failedNodeId={failed?.nodeId} onEditStart={onEditStart} />
      </div>
      {run.status === 'failed' && (
        <div className="mt-2 text-13 break-words">
          <b className="font-semibold text-failed">Failed{failed ? ` at “${failed.name}”` : ''}.</b>{' '}
          {run.error && causeOf(run.error).cause.message}
          {run.error && <CallChain calls={causeOf(run.error).calls} />}
        </div>
      )}
      {run.children.length > 0 && (
        <p className="mt-2 flex flex-wrap gap-x-3 text-12 text-muted">
          Called:
          {run.children.map((child) => (
            <Link
              key={child.id}
              to="/runs/$runId"
              params={{ runId: child.id }}
              search={{}}
              className="inline-flex items-center gap-1 hover:text-ink"
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
          Waiting at “{nameOf(wait.nodeId)}”
          {wait.until
            ? ` ${countdown(Date.parse(wait.until), now)}`
            : wait.kind === 'webhook'
              ? ' for a call to its resume address'
              : ''}
          . It uses no computing meanwhile.
        </p>
      ))}
    </header>
  );
}

function turnText({ limit, ahead }: NonNullable<RunOverview['turn']>, status: RunOverview['status']): string {
  const most = limit === 1 ? 'one run' : `${limit} runs`;
  if (status === 'paused')
    return `Paused before its turn: the workflow is set to ${most} at the same time. Others pass it until it is resumed.`;
  const before = ahead === 0 ? 'It is the next one.' : `${ahead} ${ahead === 1 ? 'waits' : 'wait'} before it.`;
  return `Waiting for its turn: the workflow is set to ${most} at the same time. ${before}`;
}

function RunActions({
  run,
  failedNodeId,
  onEditStart,
}: {
  run: RunOverview;
  failedNodeId: string | undefined;
  onEditStart(): void;
}) {
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
      notify('The run is being cancelled.');
      await refresh();
    });
  const retry = useRetry(run.id);
  return (
    <div className="flex flex-wrap gap-2">
      {run.temporalUrl && (
        <a
          href={run.temporalUrl}
          target="_blank"
          rel="noreferrer"
          className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 font-medium text-muted hover:bg-subtle hover:text-ink"
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
          Open in editor
        </Button>
      )}
      {run.status === 'paused' && !run.nodes.some(({ statuses }) => statuses.paused) && (
        <Button
          variant="primary"
          disabled={busy}
          onClick={() => void attempt(async () => void (await resumeRun(run.id), await refresh()))}
        >
          Resume
        </Button>
      )}
      {isOpen(run.status) ? (
        <>
          <Button icon={<Square size={12} className="fill-current" />} disabled={busy} onClick={() => void cancel()}>
            Cancel run
          </Button>
          <StopNow runId={run.id} onStopped={refresh} />
        </>
      ) : (
        <>
          <Menu
            trigger={
              <Button variant={run.status === 'failed' ? 'primary' : 'default'} disabled={busy || retry.busy}>
                Retry <ChevronDown size={14} />
              </Button>
            }
            entries={[
              ...retryEntries(run, failedNodeId, retry.start),
              { label: 'Edit the input first…', onSelect: onEditStart },
            ]}
          />
          <DeleteRun runId={run.id} />
        </>
      )}
    </div>
  );
}

function retryEntries(
  run: RunOverview,
  failedNodeId: string | undefined,
  retry: (request: RetryRequest) => Promise<void>,
) {
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
