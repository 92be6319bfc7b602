import type { Field } from '@wfaib/sdk/fields';
import type { JsonValue } from '@wfaib/sdk/items';
import { say, tell, type Sentence } from '@wfaib/sdk/sentence';
import type { ApprovalField } from '../interpreter/approvals.js';
import { isObject, valueFault } from './field-values.js';

/** What is wrong with the answer to a form. `field` is the name of the field. */
export interface FormFault {
  field: string;
  message: string;
  said: Sentence;
}

/**
 * Checks what a person filled in. What the form does not ask for is refused too: the workflow does not expect it.
 * @param isApproval whether the fields that are needed to approve have to be there
 */
export function formFaults(form: readonly ApprovalField[], data: JsonValue, isApproval: boolean): FormFault[] {
  if (form.length === 0) return [];
  if (data !== null && !isObject(data))
    return [{ field: '', ...tell(say`The answer must be an object of names and values.`) }];
  const values = data ?? {};
  const known = new Set(form.map(({ name }) => name));
  const unknown = Object.keys(values).filter((name) => !known.has(name));
  return [
    ...form.flatMap((field) => faultOf(field, values[field.name], isApproval)),
    ...unknown.map((field) => ({ field, ...tell(say`The form has no field "${{ field }}".`) })),
  ];
}

function faultOf(field: ApprovalField, value: unknown, isApproval: boolean): FormFault[] {
  const { name, label, required } = field;
  if (value === undefined || value === null || value === '')
    return required && isApproval ? [{ field: name, ...tell(say`"${{ label }}" is needed to approve.`) }] : [];
  const fault = valueFault(toField(field), value);
  return fault === undefined ? [] : [{ field: name, ...tell(say`"${{ label }}" ${{ fault }}.`) }];
}

function toField({ kind, label, choices = [] }: ApprovalField): Field {
  if (kind === 'select') return { kind, label, choices: choices.map((value) => ({ value, label: value })) };
  return { kind, label };
}
