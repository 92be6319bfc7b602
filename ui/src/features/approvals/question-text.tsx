import { formatDay, formatInstantFully } from '../../shared/format/time.js';
import type { ApprovalStatus, Decision, Question } from './api/approvals.js';

export const statusWords: Record<ApprovalStatus, string> = {
  open: 'Waits for a decision',
  approved: 'Approved',
  rejected: 'Rejected',
  timeout: 'Nobody decided in time',
  ended: 'Its run ended before anybody decided',
};

const endWords = {
  timeout: 'the workflow goes on another way',
  approve: 'it counts as approved',
  reject: 'it counts as rejected',
};

const tones: Record<ApprovalStatus, string> = {
  open: 'text-needs-you',
  approved: 'text-ok',
  rejected: 'text-failed',
  timeout: 'text-muted',
  ended: 'text-muted',
};

export function ApprovalStatusText({ status }: { status: ApprovalStatus }) {
  return <span className={`font-medium ${tones[status]}`}>{statusWords[status]}</span>;
}

/** What is asked, by which workflow, until when. */
export function QuestionText({ question }: { question: Question }) {
  const { message, workflowName, createdAt, until, onTimeout, required, decisions, status } = question;
  const approvals = decisions.filter(({ decision }) => decision === 'approved').length;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-13 text-muted">
        <span title={formatInstantFully(createdAt)}>
          {workflowName} asked {formatDay(createdAt)}.
        </span>{' '}
        {status === 'open' && required > 1 && `${approvals} of ${required} have approved. `}
        {status === 'open' && until && `If nobody decides until ${formatDay(until)}, ${endWords[onTimeout]}.`}
      </p>
      {message && <p className="text-14 whitespace-pre-wrap">{message}</p>}
    </div>
  );
}

/** Who decided what. */
export function DecisionList({ decisions }: { decisions: readonly Decision[] }) {
  if (decisions.length === 0) return null;
  return (
    <ul aria-label="Decisions" className="flex flex-col gap-1 text-13">
      {decisions.map(({ by, decision, at, comment }) => (
        <li key={by}>
          <ApprovalStatusText status={decision} /> by {by}, <span title={formatInstantFully(at)}>{formatDay(at)}</span>
          {comment && <q className="text-muted"> {comment}</q>}
        </li>
      ))}
    </ul>
  );
}
