import { formatDay, formatInstantFully } from '../../shared/format/time.js';
import { FormAnswers } from './form-answers.js';
import type { ApprovalStatus, Question } from './api/approvals.js';
import { t } from '../../shared/i18n/i18n.js';

const tones: Record<ApprovalStatus, string> = {
  open: 'text-needs-you',
  approved: 'text-ok',
  rejected: 'text-failed',
  timeout: 'text-muted',
  ended: 'text-muted',
};

export function ApprovalStatusText({ status }: { status: ApprovalStatus }) {
  return <span className={`font-medium ${tones[status]}`}>{t(`approvals.status.${status}`)}</span>;
}

/** What is asked, by which workflow, until when. */
export function QuestionText({ question }: { question: Question }) {
  const { message, workflowName, createdAt, until, onTimeout, required, decisions, status } = question;
  const approvals = decisions.filter(({ decision }) => decision === 'approved').length;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-13 text-muted">
        <span title={formatInstantFully(createdAt)}>
          {t('approvals.askedAt', { workflow: workflowName, time: formatDay(createdAt) })}
        </span>{' '}
        {status === 'open' && required > 1 && t('approvals.haveApproved', { approvals, required })}
        {status === 'open' && until && t(`approvals.atEnd.${onTimeout}`, { time: formatDay(until) })}
      </p>
      {message && <p className="text-14 whitespace-pre-wrap">{message}</p>}
    </div>
  );
}

/** Who decided what, and what they filled in. */
export function DecisionList({ form, decisions }: Pick<Question, 'form' | 'decisions'>) {
  if (decisions.length === 0) return null;
  return (
    <ul aria-label={t('approvals.decisions')} className="flex flex-col gap-1 text-13">
      {decisions.map(({ by, decision, at, comment, data }) => (
        <li key={by}>
          <ApprovalStatusText status={decision} /> {t('approvals.decidedBy', { name: by })}{' '}
          <span title={formatInstantFully(at)}>{formatDay(at)}</span>
          {comment && (
            <>
              {' '}
              <q className="whitespace-pre-wrap text-muted">{comment}</q>
            </>
          )}
          <FormAnswers form={form} data={data} />
        </li>
      ))}
    </ul>
  );
}
