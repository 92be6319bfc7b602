import type { Field } from '@wfaib/sdk/fields';
import { useState } from 'react';
import type { ControlProps } from '../field-control.js';

/** A text box, so that a wheel never changes the number; empty means not set, never 0. */
export function NumberField({
  id,
  field,
  value,
  invalid,
  describedBy,
  onChange,
}: ControlProps<Extract<Field, { kind: 'number' }>>) {
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? (value === undefined || value === null ? '' : String(value));
  const change = (text: string) => {
    setTyped(text);
    if (text.trim() === '') onChange(undefined);
    else if (text.startsWith('=')) onChange(text);
    else onChange(Number.isFinite(Number(text)) ? Number(text) : text);
  };
  return (
    <input
      id={id}
      inputMode={field.integer ? 'numeric' : 'decimal'}
      value={shown}
      aria-invalid={invalid || !fits(shown, field)}
      aria-describedby={describedBy}
      placeholder={field.placeholder ?? (field.default === undefined ? undefined : String(field.default))}
      className="field-input"
      onChange={(event) => change(event.target.value)}
      onBlur={() => setTyped(undefined)}
    />
  );
}

function fits(text: string, field: Extract<Field, { kind: 'number' }>): boolean {
  if (text.trim() === '') return true;
  const number = Number(text);
  if (!Number.isFinite(number) || (field.integer && !Number.isInteger(number))) return false;
  return number >= (field.min ?? -Infinity) && number <= (field.max ?? Infinity);
}
