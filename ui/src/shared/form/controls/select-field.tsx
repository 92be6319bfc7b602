import type { Field } from '@wfaib/sdk/fields';
import { Segmented } from '../../components/segmented.js';
import type { ControlProps } from '../field-control.js';
import { t } from '../../i18n/i18n.js';

/** Few short choices side by side, else a list. A stored value that is no choice stays visible. */
export function SelectField({
  id,
  field,
  value,
  invalid,
  describedBy,
  onChange,
}: ControlProps<Extract<Field, { kind: 'select' }>>) {
  const current = value ?? field.default;
  const letters = field.choices.reduce((sum, choice) => sum + choice.label.length + 3, 0);
  const known = field.choices.some((choice) => choice.value === current);
  const choose = (text: string) =>
    onChange(field.choices.find((choice) => String(choice.value) === text)?.value ?? undefined);
  if (field.choices.length <= 3 && letters <= 40 && known) {
    return (
      <Segmented
        label={field.label}
        value={String(current)}
        options={field.choices.map((choice) => ({ value: String(choice.value), label: choice.label }))}
        onChange={choose}
      />
    );
  }
  return (
    <select
      id={id}
      className="field-input"
      aria-invalid={invalid}
      aria-describedby={describedBy}
      value={current === undefined || current === null ? '' : String(current)}
      onChange={(event) => choose(event.target.value)}
    >
      {(current === undefined || current === null) && <option value="">{field.placeholder ?? t('form.choose')}</option>}
      {!known && current !== undefined && current !== null && (
        <option value={String(current)}>{t('form.unlisted', { value: String(current) })}</option>
      )}
      {field.choices.map((choice) => (
        <option key={String(choice.value)} value={String(choice.value)}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}
