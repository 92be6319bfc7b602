import { FieldRow } from './field-row.js';
import { NestedFieldsProvider } from './nested-fields.js';
import type { FieldListProps } from './nested-fields.js';
import { visibleFields } from './visible-fields.js';

/** A form made from a descriptor. */
export function FieldList({ fields, values, path, onChange }: FieldListProps) {
  return (
    <NestedFieldsProvider value={renderFields}>
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
    </NestedFieldsProvider>
  );
}

const renderFields = (props: FieldListProps) => <FieldList {...props} />;
