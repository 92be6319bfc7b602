import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Loading, LoadError } from '../../shared/components/page.js';
import { decideByLink, linkedKey, useLinkedApproval } from './api/approvals.js';
import type { DecisionBody, LinkedApproval } from './api/approvals.js';
import { DecisionForm } from './decision-form.js';
import { ApprovalStatusText, DecisionList, QuestionText } from './question-text.js';
import { t } from '../../shared/i18n/i18n.js';

/** What is behind a link: for people without an account, on a phone as well. Looking at it decides nothing. */
export function LinkedApprovalPage() {
  const { token } = useParams({ from: '/approve/$token' });
  const approval = useLinkedApproval(token);
  return (
    <main className="min-h-full bg-canvas p-4 md:p-8">
      <div className="mx-auto w-full max-w-[560px]">
        <img src="/favicon.svg" alt="WFAIB" className="mb-4 size-9" />
        {approval.isPending && <Loading />}
        {approval.isError && (
          <Frame title={t('approvals.badLink')}>
            <LoadError error={approval.error} />
          </Frame>
        )}
        {approval.data && <Shown token={token} approval={approval.data} />}
      </div>
    </main>
  );
}

function Shown({ token, approval }: { token: string; approval: LinkedApproval }) {
  const queryClient = useQueryClient();
  const decide = async (body: DecisionBody) => {
    try {
      queryClient.setQueryData(linkedKey(token), await decideByLink(token, body));
    } catch (error) {
      await queryClient.invalidateQueries({ queryKey: linkedKey(token) });
      throw error;
    }
  };
  return (
    <Frame title={approval.title}>
      <p role="status" className="text-14">
        <ApprovalStatusText status={approval.status} />
      </p>
      <QuestionText question={approval} />
      <DecisionList form={approval.form} decisions={approval.decisions} />
      {approval.mayDecide && <DecisionForm question={approval} decide={decide} />}
      {approval.status === 'open' && !approval.mayDecide && <p className="text-13 text-muted">{whyNot(approval)}</p>}
      {approval.you && <p className="text-12 text-muted">{t('approvals.linkFor', { name: approval.you })}</p>}
    </Frame>
  );
}

function Frame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-4 rounded-card border border-line bg-surface p-5 md:p-6">
      <h1 className="text-20 font-semibold">{title}</h1>
      {children}
    </div>
  );
}

function whyNot({ decisions, you }: LinkedApproval): string {
  if (decisions.some(({ by }) => by === you)) return t('approvals.thanks');
  return t('approvals.signIn');
}
