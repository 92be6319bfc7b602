import type { Field } from '@wfaib/sdk/fields';
import type { ControlProps } from '../field-control.js';
import { useNestedFields } from '../nested-fields.js';
import { withValue } from '../with-value.js';

/** Fields that belong together, drawn with a line at their side. */
export function GroupField({ field, path, value, onChange }: ControlProps<Extract<Field, { kind: 'group' }>>) {
  const renderFields = useNestedFields();
  const values = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return (
    <div className="border-l-2 border-line pl-3">
      {renderFields({
        fields: field.of,
        values,
        path,
        onChange: (name, next) => {
          const after = withValue(values, name, next);
          onChange(Object.keys(after).length === 0 ? undefined : after);
        },
      })}
    </div>
  );
}
