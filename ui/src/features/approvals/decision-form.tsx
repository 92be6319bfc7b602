import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { messageOf } from '../../api/client.js';
import { Button } from '../../shared/components/button.js';
import type { DecisionBody, Question } from './api/approvals.js';
import { FormFields } from './form-fields.js';
import { faultsOf, filledValues, startValues } from './form-values.js';
import { t } from '../../shared/i18n/i18n.js';

interface DecisionFormProps {
  question: Question;
  /** Says what is decided; what it throws is shown here. */
  decide(body: DecisionBody): Promise<void>;
}

/** What a person fills in, and the two buttons. Nothing is decided before one of them is pressed. */
export function DecisionForm({ question, decide }: DecisionFormProps) {
  const { form } = question;
  const [values, setValues] = useState(() => startValues(form));
  const [comment, setComment] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const say = async (decision: DecisionBody['decision']) => {
    setBusy(true);
    setError(undefined);
    await decide({ decision, comment, data: filledValues(form, values) }).catch(setError);
    setBusy(false);
  };
  const faults = error === undefined ? {} : faultsOf(error);
  return (
    <form className="flex flex-col gap-4" onSubmit={(event) => event.preventDefault()} noValidate>
      <FormFields
        form={form}
        values={values}
        faults={faults}
        onChange={(name, value) => setValues({ ...values, [name]: value })}
      />
      <div>
        <label htmlFor="comment" className="mb-1 block text-13 font-medium">
          {t('approvals.comment')}
        </label>
        <textarea
          id="comment"
          rows={2}
          maxLength={10_000}
          className="field-input h-auto py-2"
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      </div>
      {error !== undefined && (
        <p role="alert" className="rounded-md bg-failed-soft px-3 py-2 text-13 text-failed">
          {messageOf(error)}
        </p>
      )}
      <div className="flex flex-wrap gap-3">
        <Button
          variant="primary"
          className="h-11 min-w-32"
          icon={<Check size={15} aria-hidden />}
          disabled={busy}
          onClick={() => void say('approve')}
        >
          {t('approvals.approve')}
        </Button>
        <Button
          variant="danger"
          className="h-11 min-w-32"
          icon={<X size={15} aria-hidden />}
          disabled={busy}
          onClick={() => void say('reject')}
        >
          {t('approvals.reject')}
        </Button>
      </div>
    </form>
  );
}
