import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Loading, LoadError, Page } from '../../shared/components/page.js';
import { Segmented } from '../../shared/components/segmented.js';
import { StepItems } from '../../shared/data/step-items.js';
import type { DataView } from '../../shared/data/step-items.js';
import { useStored } from '../../shared/hooks/use-stored.js';
import { approvalsKey, decideApproval, useApproval } from './api/approvals.js';
import type { Approval, DecisionBody } from './api/approvals.js';
import { DecisionForm } from './decision-form.js';
import { ApprovalStatusText, DecisionList, QuestionText } from './question-text.js';
import { t } from '../../shared/i18n/i18n.js';

/** One approval: what is asked, the data it is about, and the decision. */
export function ApprovalPage() {
  const { approvalId } = useParams({ from: '/shell/approvals/$approvalId' });
  const approval = useApproval(approvalId);
  return (
    <Page
      title={approval.data?.title ?? t('approvals.one')}
      actions={
        <Link to="/approvals" search={{}} className="wf-touch-link text-13 text-accent hover:underline">
          {t('approvals.all')}
        </Link>
      }
    >
      {approval.isPending && <Loading />}
      {approval.isError && <LoadError error={approval.error} onRetry={() => void approval.refetch()} />}
      {approval.data && <Shown approval={approval.data} />}
    </Page>
  );
}

function Shown({ approval }: { approval: Approval }) {
  const queryClient = useQueryClient();
  const decide = async (body: DecisionBody) => {
    try {
      await decideApproval(approval.id, body);
    } finally {
      await queryClient.invalidateQueries({ queryKey: approvalsKey });
    }
  };
  return (
    <div className="mx-auto grid max-w-6xl gap-6 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
      <div className="flex flex-col gap-4">
        <p className="text-14" role="status">
          <ApprovalStatusText status={approval.status} />
        </p>
        <QuestionText question={approval} />
        <DecisionList form={approval.form} decisions={approval.decisions} />
        {approval.mayDecide && <DecisionForm key={approval.id} question={approval} decide={decide} />}
        {approval.status === 'open' && !approval.mayDecide && (
          <p className="text-13 text-muted">{othersOf(approval)}</p>
        )}
        <Link
          to="/runs/$runId"
          params={{ runId: approval.runId }}
          search={{ step: approval.nodeId }}
          className="wf-touch-link self-start text-13 text-accent hover:underline"
        >
          {t('approvals.openRun')}
        </Link>
      </div>
      <Data approval={approval} />
    </div>
  );
}

function Data({ approval: { runId, stepId, status } }: { approval: Approval }) {
  const [view, setView] = useStored<DataView>('approval-data-view', 'table');
  return (
    <section
      aria-labelledby="data"
      className="flex min-h-80 min-w-0 flex-col rounded-card border border-line bg-surface"
    >
      <header className="flex items-center gap-2 border-b border-line px-4 py-2">
        <h2 id="data" className="flex-1 text-14 font-semibold">
          {t('approvals.data')}
        </h2>
        <Segmented<DataView>
          dense
          label={t('common.view')}
          value={view}
          onChange={setView}
          options={[
            { value: 'table', label: t('common.table') },
            { value: 'json', label: t('common.json') },
          ]}
        />
      </header>
      <div className="h-[60vh] min-h-0">
        <StepItems request={{ runId, stepId, side: 'input', port: undefined, version: status }} view={view} />
      </div>
    </section>
  );
}

function othersOf({ approvers }: Approval): string {
  return approvers.length === 0 ? t('approvals.askedAnybody') : t('approvals.asked', { names: approvers.join(', ') });
}
