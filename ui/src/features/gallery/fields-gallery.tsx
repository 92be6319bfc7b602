import type { Field } from '@wfaib/sdk/fields';
import { useState } from 'react';
import { FieldList } from '../../shared/form/field-list.js';
import { FormEnvironmentProvider } from '../../shared/form/form-environment.js';
import { withValue } from '../../shared/form/with-value.js';
import { Specimen, Specimens } from './specimen.js';

const choices = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((value) => ({ value, label: value }));
const few = [
  { value: 'all', label: 'All' },
  { value: 'any', label: 'Any' },
];

/** Every kind of field there is. */
const kinds: Record<string, Field> = {
  text: { kind: 'text', label: 'Text', placeholder: 'orders', help: 'One line.', required: true },
  longtext: { kind: 'longtext', label: 'Long text', default: 'Hello' },
  code: { kind: 'code', label: 'Code', language: 'javascript' },
  number: { kind: 'number', label: 'Number', default: 3 },
  boolean: { kind: 'boolean', label: 'Switch', default: false },
  datetime: { kind: 'datetime', label: 'Date and time' },
  select: { kind: 'select', label: 'One of many', choices, default: 'GET' },
  segmented: { kind: 'select', label: 'One of few', choices: few, default: 'all' },
  multiselect: { kind: 'multiselect', label: 'Several of many', choices },
  lookup: { kind: 'lookup', label: 'Asked of a service', loader: 'tables', searchable: true },
  dynamicGroup: { kind: 'dynamicGroup', label: 'Fields of a service', loader: 'columns' },
  list: { kind: 'list', label: 'Rules', itemLabel: 'Rule', of: { port: { kind: 'text', label: 'Output' } } },
  values: { kind: 'values', label: 'Values', of: 'text' },
  keyvalue: { kind: 'keyvalue', label: 'Fields' },
  group: { kind: 'group', label: 'Group', of: { size: { kind: 'number', label: 'Size' } } },
  json: { kind: 'json', label: 'JSON' },
  file: { kind: 'file', label: 'File of the item', default: 'data' },
  secret: { kind: 'secret', label: 'Secret' },
  conditions: { kind: 'conditions', label: 'Conditions' },
  notice: { kind: 'notice', label: 'A word to the person.', tone: 'info' },
  warning: { kind: 'notice', label: 'A warning.', tone: 'warning' },
};

const filled: Record<string, unknown> = {
  text: '=Hello {{ $json.name }}',
  longtext: 'Hi {{ $json.name }}',
  code: 'return $input.all();',
  number: 7,
  boolean: true,
  select: 'BREW',
  multiselect: ['GET', 'PUT'],
  lookup: 'orders',
  list: [{ port: 'urgent' }, { port: 'later' }],
  values: ['0 9 * * MON'],
  keyvalue: { total: '={{ $json.qty * $json.price }}', note: 'plain' },
  group: { size: 5 },
  json: { a: [1, 2] },
  secret: 'hidden',
  conditions: [{ left: '={{ $json.total }}', op: 'gt', right: '100' }],
};

const problems: Record<string, { message: string; isMistake: boolean }> = {
  'broken.text': { message: 'Needed before this can run.', isMistake: false },
  'broken.number': { message: '“Number” must be 10 or less.', isMistake: true },
  'broken.select': { message: '“One of many” must be one of the list.', isMistake: true },
};

export function FieldsGallery() {
  return (
    <Specimens title="Fields">
      <Form path="empty" state="empty" start={{}} />
      <Form path="filled" state="filled" start={filled} />
      <Form
        path="broken"
        state="with problems"
        start={{ number: 99, select: 'BREW' }}
        only={['text', 'number', 'select']}
      />
    </Specimens>
  );
}

interface FormProps {
  path: string;
  state: string;
  start: Record<string, unknown>;
  only?: string[];
}

function Form({ path, state, start, only = Object.keys(kinds) }: FormProps) {
  const [values, setValues] = useState(start);
  const fields = Object.fromEntries(Object.entries(kinds).filter(([name]) => only.includes(name)));
  return (
    <Specimen state={state}>
      <div className="w-96">
        <FormEnvironmentProvider value={{ expressions: true, problemAt: (at) => problems[at] }}>
          <FieldList
            fields={fields}
            values={values}
            path={path}
            onChange={(name, value) => setValues((before) => withValue(before, name, value))}
          />
        </FormEnvironmentProvider>
      </div>
    </Specimen>
  );
}
