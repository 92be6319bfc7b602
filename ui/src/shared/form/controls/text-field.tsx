import { typedTemplate } from '../../expressions/typed-template.js';
import { useFormEnvironment } from '../form-environment.js';
import type { ControlProps } from '../field-control.js';

const inputTypes: Record<string, string> = { secret: 'password', datetime: 'datetime-local' };

/** One line or several; typing `=` first, or `{{` anywhere, makes it an expression. */
export function TextField({ id, field, value, invalid, describedBy, onChange }: ControlProps) {
  const { expressions } = useFormEnvironment();
  const text = value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  const mayExpress = expressions && field.expressions !== false && field.kind !== 'secret';
  const change = (next: string) => {
    if (mayExpress && next.includes('{{') && !text.includes('{{')) onChange(typedTemplate(next));
    else onChange(next === '' ? undefined : next);
  };
  const common = {
    id,
    value: text,
    'aria-invalid': invalid,
    'aria-describedby': describedBy,
    'aria-required': field.required,
    placeholder: field.placeholder ?? (field.default === undefined ? undefined : String(field.default)),
    className: 'field-input',
  };
  if (field.kind === 'longtext') {
    return (
      <textarea
        {...common}
        rows={Math.min(12, Math.max(3, text.split('\n').length))}
        onChange={(event) => change(event.target.value)}
      />
    );
  }
  return (
    <input
      {...common}
      type={inputTypes[field.kind] ?? 'text'}
      autoComplete={field.kind === 'secret' ? 'new-password' : 'off'}
      spellCheck={false}
      onChange={(event) => change(event.target.value)}
    />
  );
}
