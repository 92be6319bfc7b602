import type { Field } from '@wfaib/sdk/fields';
import { FieldRow } from './field-row.js';
import { visibleFields } from './visible-fields.js';

interface FieldListProps {
  fields: Record<string, Field>;
  values: Readonly<Record<string, unknown>>;
  /** Path of the values within the step, for example `parameters`. */
  path: string;
  /** `undefined` means: not set, the default counts. */
  onChange(name: string, value: unknown): void;
}

/** A form made from a descriptor. */
export function FieldList({ fields, values, path, onChange }: FieldListProps) {
  return (
    <div className="flex flex-col gap-4">
      {visibleFields(fields, values).map(([name, field]) => (
        <FieldRow
          key={name}
          field={field}
          path={`${path}.${name}`}
          value={values[name]}
          onChange={(value) => onChange(name, value)}
        />
      ))}
    </div>
  );
}
