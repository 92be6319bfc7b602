import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { UserCheck } from 'lucide-react';
import { Empty, Loading, LoadError, Page } from '../../shared/components/page.js';
import { Segmented } from '../../shared/components/segmented.js';
import { formatDay } from '../../shared/format/time.js';
import { useApprovals } from './api/approvals.js';
import type { Approval } from './api/approvals.js';
import { ApprovalStatusText } from './question-text.js';
import { t } from '../../shared/i18n/i18n.js';

type Show = 'mine' | 'all' | 'done';

/** What people are asked to decide, those that end soonest first. */
export function ApprovalsPage() {
  const { show = 'mine' } = useSearch({ from: '/shell/approvals' }) as { show?: Show };
  const navigate = useNavigate();
  const list = useApprovals(show === 'done' ? 'done' : 'open');
  const items = list.data && shownOf(list.data.items, show);
  return (
    <Page
      title={t('approvals.title')}
      toolbar={
        <Segmented<Show>
          label={t('approvals.show')}
          value={show}
          onChange={(next) => void navigate({ to: '/approvals', search: next === 'mine' ? {} : { show: next } })}
          options={[
            { value: 'mine', label: t('approvals.mine') },
            { value: 'all', label: t('approvals.waiting') },
            { value: 'done', label: t('approvals.decided') },
          ]}
        />
      }
    >
      {list.isPending && <Loading />}
      {list.isError && <LoadError error={list.error} onRetry={() => void list.refetch()} />}
      {items?.length === 0 && (
        <Empty
          icon={<UserCheck size={24} />}
          title={show === 'done' ? t('approvals.nothingDecided') : t('approvals.nothing')}
        >
          {t('approvals.empty')}
        </Empty>
      )}
      {items && items.length > 0 && (
        <ul className="flex flex-col gap-2">
          {items.map((approval) => (
            <li key={approval.id}>
              <ApprovalRow approval={approval} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

function ApprovalRow({ approval }: { approval: Approval }) {
  const { id, title, workflowName, status, createdAt, until, decisions, required } = approval;
  const approvals = decisions.filter(({ decision }) => decision === 'approved').length;
  return (
    <Link
      to="/approvals/$approvalId"
      params={{ approvalId: id }}
      className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 rounded-card border border-line bg-surface px-4 py-2.5 hover:border-line-strong"
    >
      <span className="min-w-48 flex-1">
        <span className="font-medium">{title}</span>
        <span className="block text-12 text-muted">
          {workflowName}, {formatDay(createdAt)}
        </span>
      </span>
      {status === 'open' && required > 1 && (
        <span className="text-12 text-muted">{t('approvals.count', { approvals, required })}</span>
      )}
      {status === 'open' && until && (
        <span className="text-12 text-waiting">{t('approvals.until', { time: formatDay(until) })}</span>
      )}
      <span className="text-13">
        <ApprovalStatusText status={status} />
      </span>
    </Link>
  );
}

/** What ends soonest comes first; what was decided stays newest first. */
function shownOf(items: readonly Approval[], show: Show): Approval[] {
  if (show === 'done') return [...items];
  const wanted = items.filter(({ isForMe, mayDecide }) => show === 'all' || (isForMe && mayDecide));
  const endOf = ({ until }: Approval) => (until === null ? Infinity : Date.parse(until));
  return wanted.toSorted((a, b) => Math.sign(endOf(a) - endOf(b)) || 0);
}
