import type { Field } from '@wfaib/sdk/fields';
import type { ControlProps } from '../field-control.js';

export function MultiSelectField({ field, value, onChange }: ControlProps<Extract<Field, { kind: 'multiselect' }>>) {
  const chosen = Array.isArray(value)
    ? (value as unknown[])
    : Array.isArray(field.default)
      ? (field.default as unknown[])
      : [];
  const toggle = (choice: unknown) =>
    onChange(chosen.includes(choice) ? chosen.filter((other) => other !== choice) : [...chosen, choice]);
  return (
    <div role="group" aria-label={field.label} className="flex flex-wrap gap-1.5">
      {field.choices.map((choice) => {
        const on = chosen.includes(choice.value);
        return (
          <button
            key={String(choice.value)}
            type="button"
            role="checkbox"
            aria-checked={on}
            onClick={() => toggle(choice.value)}
            className={`h-7 rounded-md border px-2 text-12 font-medium ${on ? 'border-accent bg-accent-soft text-accent' : 'border-line-strong/60 text-muted hover:border-line-strong hover:text-ink'}`}
          >
            {on ? '✓ ' : ''}
            {choice.label}
          </button>
        );
      })}
    </div>
  );
}
