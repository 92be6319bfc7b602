import type { Field } from '@wfaib/sdk/fields';

const formField: Record<string, Field> = {
  name: {
    kind: 'text',
    label: 'Name',
    help: 'Under it the answer stands in approval.data.',
    placeholder: 'budget',
    required: true,
    expressions: false,
  },
  label: { kind: 'text', label: 'Label', help: 'What people see. Left empty, the name.', placeholder: 'Budget' },
  kind: {
    kind: 'select',
    label: 'Kind',
    choices: [
      { value: 'text', label: 'Text' },
      { value: 'longtext', label: 'Long text' },
      { value: 'number', label: 'Number' },
      { value: 'boolean', label: 'Yes or no' },
      { value: 'select', label: 'Choice' },
      { value: 'datetime', label: 'Date and time' },
    ],
    default: 'text',
    expressions: false,
  },
  required: { kind: 'boolean', label: 'Needed to approve', default: false, expressions: false },
  choices: { kind: 'values', of: 'text', label: 'Choices', showWhen: { kind: ['select'] } },
  help: { kind: 'text', label: 'Explanation' },
  default: { kind: 'json', label: 'Filled in beforehand' },
};

/** Parameters of `core.approval`, in the order of the form. */
export const approvalFields: Record<string, Field> = {
  title: {
    kind: 'text',
    label: 'Question',
    help: 'What is to be decided, in one line.',
    placeholder: '=Refund {{ $json.amount }} EUR?',
    required: true,
  },
  message: {
    kind: 'longtext',
    label: 'What they need to know',
    help: 'Everybody who is asked can read it, also without an account.',
  },
  approvers: {
    kind: 'values',
    of: 'text',
    label: 'Who may decide',
    help: 'E-mail addresses: of users, or of others, who get a link by mail. Left empty, everybody who may control runs.',
    placeholder: 'ana@example.com',
  },
  required: {
    kind: 'number',
    label: 'How many have to approve',
    help: 'One rejection rejects.',
    integer: true,
    min: 1,
    max: 100,
    default: 1,
  },
  form: { kind: 'list', label: 'Form', help: 'What they fill in.', itemLabel: '{{name}}', of: formField },
  timeout: {
    kind: 'text',
    format: 'duration',
    label: 'Longest wait',
    help: 'Left empty, it waits for ever.',
    placeholder: '3d',
  },
  onTimeout: {
    kind: 'select',
    label: 'When the time is over',
    choices: [
      { value: 'timeout', label: 'Go on through "timed out"' },
      { value: 'approve', label: 'It counts as approved' },
      { value: 'reject', label: 'It counts as rejected' },
    ],
    default: 'timeout',
    expressions: false,
  },
  reminder: {
    kind: 'text',
    format: 'duration',
    minMs: 60_000,
    label: 'Remind after',
    help: 'Who has not decided gets another mail, again and again. Left empty, nobody is reminded.',
    placeholder: '1d',
  },
};
