import { Link } from '@tanstack/react-router';
import { CircleCheck, CircleX, FileJson, KeyRound, Plus, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RunSummary } from '../../api/types.js';
import { Empty, Loading, LoadError, Page } from '../../shared/components/page.js';
import { StatusLabel } from '../../shared/components/status.js';
import { formatDay } from '../../shared/format/time.js';
import { useAttention, useFailingCredentials, useHealthNow, useRecentWorkflows } from './api/home.js';
import { t } from '../../shared/i18n/i18n.js';
import { told } from '../../shared/i18n/told.js';
import { partName } from '../../shared/system/part-name.js';
import { toldError } from '../../shared/i18n/server-texts.js';

/** What needs a person, then what was worked on last. */
export function HomePage() {
  const failed = useAttention('failed');
  const stuck = useAttention('paused,waiting');
  const recent = useRecentWorkflows();
  const health = useHealthNow();
  const troubles = Object.entries(health.data?.checks ?? {}).filter(
    ([, check]) => !check.ok || check.degraded === true,
  );
  const credentials = useFailingCredentials().data ?? [];
  const isCalm =
    failed.data?.length === 0 && stuck.data?.length === 0 && troubles.length === 0 && credentials.length === 0;
  return (
    <Page title={t('home.title')}>
      <div className="mx-auto flex max-w-5xl flex-col gap-8">
        <section aria-labelledby="attention">
          <h2 id="attention" className="mb-2 text-14 font-semibold">
            {t('home.attention')}
          </h2>
          {failed.isError && <LoadError error={failed.error} onRetry={() => void failed.refetch()} />}
          {failed.isPending && <Loading />}
          {isCalm && (
            <p className="flex items-center gap-2 rounded-card border border-line bg-surface px-4 py-3">
              <CircleCheck size={16} className="text-ok" aria-hidden /> {t('home.calm')}
            </p>
          )}
          {troubles.map(([name, check]) => (
            <p
              key={name}
              className="mb-2 flex items-center gap-2 rounded-card border border-waiting/50 bg-waiting-soft px-4 py-2.5"
            >
              <TriangleAlert size={16} className="text-waiting" aria-hidden />
              <span>
                <b className="font-semibold">{partName(name)}</b>: {told(check.said, check.detail ?? t('home.notFine'))}
                .{' '}
                <Link to="/settings/health" search={{}} className="underline underline-offset-2">
                  {t('health.title')}
                </Link>
              </span>
            </p>
          ))}
          {credentials.length > 0 && (
            <p className="mb-2 flex items-center gap-2 rounded-card border border-waiting/50 bg-waiting-soft px-4 py-2.5">
              <KeyRound size={16} className="shrink-0 text-waiting" aria-hidden />
              <span>
                {t('home.credentials', { names: credentials.map(({ name }) => name).join(', ') })}{' '}
                <Link to="/credentials" className="underline underline-offset-2">
                  {t('credentials.title')}
                </Link>
              </span>
            </p>
          )}
          <div className="grid gap-4 md:grid-cols-2">
            {failed.data && failed.data.length > 0 && (
              <RunList
                title={t('home.failed')}
                icon={<CircleX size={15} className="text-failed" aria-hidden />}
                runs={failed.data}
                more="failed"
              />
            )}
            {stuck.data && stuck.data.length > 0 && (
              <RunList
                title={t('home.stuck')}
                icon={<TriangleAlert size={15} className="text-waiting" aria-hidden />}
                runs={stuck.data}
                more="waiting,paused"
              />
            )}
          </div>
        </section>
        <section aria-labelledby="recent">
          <h2 id="recent" className="mb-2 text-14 font-semibold">
            {t('home.recent')}
          </h2>
          {recent.data?.length === 0 && (
            <Empty
              title={t('workflows.none')}
              action={
                <>
                  <Link
                    to="/templates"
                    search={{ use: 'first-run' }}
                    className="inline-flex h-8 items-center rounded-md bg-accent px-3 font-medium text-on-accent hover:opacity-90"
                  >
                    {t('home.sample')}
                  </Link>
                  <HomeLink to="/templates" icon={<FileJson size={15} />}>
                    {t('templates.title')}
                  </HomeLink>
                  <HomeLink to="/workflows" icon={<Plus size={15} />}>
                    {t('home.blank')}
                  </HomeLink>
                </>
              }
            >
              {t('home.empty')}
            </Empty>
          )}
          <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
            {recent.data?.map((workflow) => (
              <li key={workflow.id}>
                <Link
                  to="/workflows/$workflowId"
                  params={{ workflowId: workflow.id }}
                  search={{}}
                  className="block rounded-card border border-line bg-surface px-4 py-3 hover:border-line-strong"
                >
                  <span className="block truncate font-medium">{workflow.name}</span>
                  <span className="text-12 text-muted">{formatDay(workflow.updatedAt)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Page>
  );
}

function HomeLink({ to, icon, children }: { to: '/templates' | '/workflows'; icon: ReactNode; children: ReactNode }) {
  return (
    <Link
      to={to}
      search={{}}
      className="inline-flex h-8 items-center gap-1.5 rounded-md border border-line-strong/60 bg-surface px-3 font-medium hover:bg-hover"
    >
      {icon}
      {children}
    </Link>
  );
}

function RunList({ title, icon, runs, more }: { title: string; icon: ReactNode; runs: RunSummary[]; more: string }) {
  return (
    <div className="min-w-0 rounded-card border border-line bg-surface">
      <h3 className="flex items-center gap-2 border-b border-line px-4 py-2 font-medium">
        {icon} {title}
        <Link
          to="/runs"
          search={{ status: more }}
          className="wf-touch-link ml-auto text-12 text-muted underline-offset-2 hover:underline"
        >
          {t('home.all')}
        </Link>
      </h3>
      <ul>
        {runs.map((run) => (
          <li key={run.id} className="border-b border-line last:border-0">
            <Link to="/runs/$runId" params={{ runId: run.id }} search={{}} className="block px-4 py-2 hover:bg-hover">
              <span className="flex items-center gap-2">
                <span className="min-w-0 flex-1 truncate font-medium">{run.workflowName}</span>
                <StatusLabel status={run.status} />
              </span>
              <span className="block truncate text-12 text-muted">
                {formatDay(run.createdAt)}
                {run.error && ` · ${toldError(run.error)}`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
