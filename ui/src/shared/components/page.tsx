import type { ReactNode } from 'react';
import { messageOf } from '../../api/client.js';
import { t } from '../i18n/i18n.js';
import { Button } from './button.js';

interface PageProps {
  title: string;
  actions?: ReactNode;
  toolbar?: ReactNode;
  /** Nothing in it takes the focus: the page itself does, so that it can be scrolled by keys. */
  isForReading?: boolean;
  children: ReactNode;
}

export function Page({ title, actions, toolbar, isForReading = false, children }: PageProps) {
  return (
    <div className="wf-touch flex h-full flex-col">
      <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-3 border-b border-line bg-surface px-4 py-2 md:px-6">
        <h1 className="text-16 font-semibold">{title}</h1>
        <div className="flex-1" />
        {actions}
      </header>
      {toolbar && (
        <div className="flex min-h-12 shrink-0 flex-wrap items-center gap-2 border-b border-line bg-surface px-4 py-2 md:px-6">
          {toolbar}
        </div>
      )}
      <div
        {...(isForReading ? { tabIndex: 0, role: 'region', 'aria-label': title } : {})}
        className="thin-scroll min-h-0 flex-1 overflow-auto px-4 py-4 md:px-6 md:py-5"
      >
        {children}
      </div>
    </div>
  );
}

interface EmptyProps {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center gap-2 py-16 text-center">
      {icon && <div className="mb-1 rounded-card bg-subtle p-3 text-muted">{icon}</div>}
      <h2 className="text-14 font-semibold">{title}</h2>
      {children && <p className="text-13 text-muted">{children}</p>}
      {action && <div className="mt-2 flex gap-2">{action}</div>}
    </div>
  );
}

export function LoadError({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return (
    <div role="alert" className="rounded-card border border-failed/40 bg-failed-soft px-4 py-3">
      <p className="text-13">{messageOf(error)}</p>
      {onRetry && (
        <Button dense className="mt-2" onClick={onRetry}>
          {t('page.tryAgain')}
        </Button>
      )}
    </div>
  );
}

export function Loading({ label = t('page.loading') }: { label?: string }) {
  return (
    <div role="status" className="p-8 text-center text-13 text-faint">
      {t('page.loadingOf', { what: label })}
    </div>
  );
}
