import { Link } from '@tanstack/react-router';
import { Hand } from 'lucide-react';
import type { RunOverview } from '../../api/types.js';
import { t } from '../../shared/i18n/i18n.js';

/** Says that people are asked, and leads to where they decide. */
export function ApprovalNotice({ run }: { run: RunOverview }) {
  const nameOf = (nodeId: string) => run.nodes.find((node) => node.nodeId === nodeId)?.name ?? nodeId;
  const waits = run.waits.filter(({ kind }) => kind === 'approval').slice(0, 5);
  if (waits.length === 0) return null;
  return (
    <section aria-label={t('approvals.title')} className="border-b border-line bg-surface px-4 py-2 md:px-6">
      {waits.map(({ id, nodeId }) => (
        <p key={id} className="flex flex-wrap items-center gap-2 py-0.5 text-13">
          <Hand size={14} aria-hidden className="text-needs-you" />
          <span>{t('runs.waitsForPeople', { name: nameOf(nodeId) })}</span>
          <Link
            to="/approvals/$approvalId"
            params={{ approvalId: id }}
            className="wf-touch-link font-medium text-accent hover:underline"
          >
            {t('runs.lookAndDecide')}
          </Link>
        </p>
      ))}
    </section>
  );
}
