import type { Field } from '@wfaib/sdk/fields';
import { CodeField } from './controls/code-field.js';
import { ConditionsField } from './controls/conditions-field.js';
import { GroupField } from './controls/group-field.js';
import { KeyValueField } from './controls/key-value-field.js';
import { ListField } from './controls/list-field.js';
import { LookupField } from './controls/lookup-field.js';
import { MultiSelectField } from './controls/multi-select-field.js';
import { NumberField } from './controls/number-field.js';
import { SelectField } from './controls/select-field.js';
import { TextField } from './controls/text-field.js';
import { ValuesField } from './controls/values-field.js';
import { Switch } from '../components/switch.js';

export interface ControlProps<F extends Field = Field> {
  id: string;
  field: F;
  path: string;
  value: unknown;
  invalid: boolean;
  describedBy: string | undefined;
  onChange(value: unknown): void;
}

/** The control for a fixed value of a field. */
export function FieldControl(props: ControlProps) {
  const { field, value, onChange } = props;
  switch (field.kind) {
    case 'number':
      return <NumberField {...props} field={field} />;
    case 'boolean':
      return (
        <Switch
          id={props.id}
          label={field.label}
          describedBy={props.describedBy}
          checked={(value ?? field.default) === true}
          onChange={onChange}
        />
      );
    case 'select':
      return <SelectField {...props} field={field} />;
    case 'lookup':
      return <LookupField {...props} field={field} />;
    case 'multiselect':
      return <MultiSelectField {...props} field={field} />;
    case 'code':
      return <CodeField {...props} language={field.language} />;
    case 'json':
    case 'dynamicGroup':
      return <CodeField {...props} language="json" asJson />;
    case 'list':
      return <ListField {...props} field={field} />;
    case 'group':
      return <GroupField {...props} field={field} />;
    case 'values':
      return <ValuesField {...props} field={field} />;
    case 'keyvalue':
      return <KeyValueField {...props} />;
    case 'conditions':
      return <ConditionsField {...props} />;
    case 'notice':
      return null;
    default:
      return <TextField {...props} />;
  }
}
