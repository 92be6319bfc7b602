import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { Clock, KeyRound, ListTree, Play, Plug, Settings, UserCheck } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useEffect } from 'react';
import { useApprovalCount } from '../features/approvals/api/approvals.js';
import { useSession } from '../features/auth/api/use-session.js';
import { Loading, LoadError } from '../shared/components/page.js';
import { t } from '../shared/i18n/i18n.js';
import { UserMenu } from './user-menu.js';
import { useGoToKeys } from './use-go-to-keys.js';

/** Everything behind the sign-in: the rail at the left and the page. */
export function Shell() {
  const session = useSession();
  const navigate = useNavigate();
  useGoToKeys();
  const signedOut = session.data !== undefined && !session.data.user;
  const setupNeeded = session.data?.setupNeeded === true;
  useEffect(() => {
    if (!signedOut) return;
    if (setupNeeded) void navigate({ to: '/setup', search: {} });
    else void navigate({ to: '/login', search: { next: location.pathname + location.search } });
  }, [signedOut, setupNeeded, navigate]);

  if (session.isError && !session.data) {
    return (
      <div className="mx-auto max-w-md p-8">
        <LoadError error={session.error} onRetry={() => void session.refetch()} />
      </div>
    );
  }
  if (session.isPending || signedOut) return <Loading />;
  return (
    <div className="flex h-full flex-col-reverse md:flex-row">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-surface focus:p-2"
      >
        {t('shell.skip')}
      </a>
      <Rail />
      <main id="main" className="min-h-0 min-w-0 flex-1 overflow-hidden">
        <Outlet />
      </main>
    </div>
  );
}

function Rail() {
  const approvals = useApprovalCount();
  return (
    <nav
      aria-label={t('shell.main')}
      className="flex w-full shrink-0 items-center border-t border-line bg-surface py-1 sm:gap-1 sm:px-2 md:w-[80px] md:flex-col md:border-t-0 md:border-r md:px-0 md:py-2.5"
    >
      <Link
        to="/"
        search={{}}
        aria-label={t('shell.home')}
        className="flex h-11 min-w-6 flex-1 shrink-0 items-center justify-center rounded-lg sm:h-8 sm:flex-none md:mb-2"
      >
        <img src="/favicon.svg" alt="" className="size-8" />
      </Link>
      <RailLink to="/workflows" label={t('shell.workflows')} icon={ListTree} />
      <RailLink to="/runs" label={t('shell.runs')} icon={Play} />
      <RailLink to="/approvals" label={t('shell.approvals')} icon={UserCheck} count={approvals.data?.mine} />
      <RailLink to="/schedules" label={t('shell.schedules')} icon={Clock} />
      <RailLink to="/credentials" label={t('shell.credentials')} icon={KeyRound} />
      <RailLink to="/connectors" label={t('shell.connectors')} icon={Plug} />
      <div className="hidden flex-1 sm:block" />
      <RailLink to="/settings" label={t('shell.settings')} icon={Settings} />
      <UserMenu />
    </nav>
  );
}

function RailLink({
  to,
  label,
  icon: Icon,
  count = 0,
}: {
  to: '/workflows' | '/runs' | '/approvals' | '/schedules' | '/credentials' | '/connectors' | '/settings';
  label: string;
  icon: LucideIcon;
  /** Things that wait for the person. */
  count?: number | undefined;
}) {
  return (
    <Link
      to={to}
      search={{}}
      title={label}
      className="relative flex h-11 min-w-6 flex-1 flex-col items-center justify-center gap-0.5 rounded-lg sm:h-auto sm:w-auto sm:min-w-[60px] sm:flex-none md:w-[76px] sm:py-1.5 text-muted transition-colors duration-120 hover:bg-subtle hover:text-ink"
      activeProps={{ className: 'bg-accent-soft text-accent! font-medium' }}
    >
      <Icon size={18} aria-hidden />
      <span className="sr-only sm:not-sr-only sm:text-[10px] sm:leading-3.5">{label}</span>
      {count > 0 && (
        <span className="absolute top-0.5 right-2 min-w-4 rounded-full bg-needs-you px-1 text-center text-[10px] leading-4 font-semibold text-surface">
          {count}
          <span className="sr-only">{t('shell.waiting')}</span>
        </span>
      )}
    </Link>
  );
}
