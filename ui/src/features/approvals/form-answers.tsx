import { formatInstantFully } from '../../shared/format/time.js';
import { t } from '../../shared/i18n/i18n.js';
import type { ApprovalField } from './api/approvals.js';

/** What somebody filled in, by the labels of the form. Fields that were left empty are not listed. */
export function FormAnswers({ form, data }: { form: readonly ApprovalField[]; data: unknown }) {
  const answers = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  const filled = form.filter(({ name }) => answers[name] !== undefined && answers[name] !== null);
  if (filled.length === 0) return null;
  return (
    <dl aria-label={t('approvals.answers')} className="mt-1 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 pl-3">
      {filled.map((field) => (
        <div key={field.name} className="contents">
          <dt className="text-muted">{field.label}</dt>
          <dd className="break-words whitespace-pre-wrap">{answerText(field, answers[field.name])}</dd>
        </div>
      ))}
    </dl>
  );
}

function answerText({ kind }: ApprovalField, value: unknown): string {
  if (typeof value === 'boolean') return value ? t('approvals.yes') : t('approvals.no');
  if (typeof value !== 'string') return JSON.stringify(value);
  return kind === 'datetime' ? formatInstantFully(value) || value : value;
}
