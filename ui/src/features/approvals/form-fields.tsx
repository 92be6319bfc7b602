import type { ApprovalField } from './api/approvals.js';
import { t } from '../../shared/i18n/i18n.js';

interface FormFieldsProps {
  form: readonly ApprovalField[];
  values: Record<string, unknown>;
  /** What is wrong, by name of the field. */
  faults: Readonly<Record<string, string>>;
  onChange(name: string, value: unknown): void;
}

/** The form of an approval. */
export function FormFields({ form, values, faults, onChange }: FormFieldsProps) {
  return form.map((field) => (
    <FormField
      key={field.name}
      field={field}
      value={values[field.name]}
      fault={faults[field.name]}
      onChange={(value) => onChange(field.name, value)}
    />
  ));
}

interface FormFieldProps {
  field: ApprovalField;
  value: unknown;
  fault: string | undefined;
  onChange(value: unknown): void;
}

function FormField({ field, value, fault, onChange }: FormFieldProps) {
  const id = `field-${field.name}`;
  const notes = [field.help && `${id}-help`, fault && `${id}-fault`].filter(Boolean).join(' ');
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-13 font-medium">
        {field.label}
        {field.required && <span className="font-normal text-muted"> {t('approvals.needed')}</span>}
      </label>
      <Control id={id} field={field} value={value} onChange={onChange} invalid={fault !== undefined} notes={notes} />
      {field.help && (
        <p id={`${id}-help`} className="mt-1 text-12 text-muted">
          {field.help}
        </p>
      )}
      {fault && (
        <p id={`${id}-fault`} className="mt-1 text-12 text-failed">
          {fault}
        </p>
      )}
    </div>
  );
}

interface ControlProps {
  id: string;
  field: ApprovalField;
  value: unknown;
  invalid: boolean;
  notes: string;
  onChange(value: unknown): void;
}

const inputTypes = { text: 'text', number: 'number', datetime: 'datetime-local' } as const;

function Control({ id, field, value, invalid, notes, onChange }: ControlProps) {
  const about = { id, 'aria-invalid': invalid, 'aria-describedby': notes || undefined };
  const text = value === undefined || value === null ? '' : String(value as string | number);
  if (field.kind === 'boolean')
    return (
      <input
        type="checkbox"
        className="size-5"
        {...about}
        checked={value === true}
        onChange={(event) => onChange(event.target.checked)}
      />
    );
  if (field.kind === 'longtext')
    return (
      <textarea
        rows={4}
        className="field-input h-auto py-2"
        {...about}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  if (field.kind === 'select')
    return (
      <select className="field-input" {...about} value={text} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('approvals.choose')}</option>
        {field.choices?.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    );
  const isNumber = field.kind === 'number';
  return (
    <input
      type={inputTypes[field.kind]}
      step="any"
      className="field-input"
      {...about}
      value={text}
      onChange={(event) =>
        onChange(isNumber && event.target.value !== '' ? event.target.valueAsNumber : event.target.value)
      }
    />
  );
}
