import type { Field } from '@wfaib/sdk/fields';
import type { WorkflowSettings } from '@wfaib/sdk/workflow-document';
import { Button } from '../../shared/components/button.js';
import { Dialog } from '../../shared/components/dialog.js';
import { FieldList } from '../../shared/form/field-list.js';
import { useDocument, useEditorStore } from './editor-store.js';

const fixed = { expressions: false } as const;

const fields: Record<string, Field> = {
  durability: {
    ...fixed,
    kind: 'select',
    label: 'Durability',
    help: 'What a run promises when a process dies.',
    choices: [
      { value: 'auto', label: 'Auto – express where a webhook waits for the answer, else standard' },
      { value: 'standard', label: 'Standard – every step is kept, workers share the load' },
      { value: 'strict', label: 'Strict – each step is its own activity in Temporal' },
      { value: 'express', label: 'Express – runs where it arrived, fastest' },
      { value: 'queue', label: 'Queue – without Temporal' },
    ],
  },
  timezone: {
    ...fixed,
    kind: 'text',
    label: 'Time zone',
    help: 'Of dates in expressions and of schedules, for example Europe/Berlin.',
  },
  branches: {
    ...fixed,
    kind: 'select',
    label: 'Branches run',
    choices: [
      { value: 'parallel', label: 'At the same time' },
      { value: 'sequential', label: 'One after the other' },
    ],
  },
  timeoutMs: {
    ...fixed,
    kind: 'number',
    label: 'Longest a run may take',
    integer: true,
    min: 1,
    help: 'Milliseconds. Empty: no limit.',
  },
  maxConcurrentRuns: {
    ...fixed,
    kind: 'number',
    label: 'Most runs at the same time',
    integer: true,
    min: 1,
    help: 'Further runs wait for their turn; tests do not. Empty: no limit.',
  },
  onFailure: {
    ...fixed,
    kind: 'select',
    label: 'When a step fails for good',
    help: 'For all steps that say nothing else under Reliability.',
    choices: [
      { value: 'stop', label: 'The run fails' },
      { value: 'pause', label: 'The run pauses, and a person decides' },
    ],
  },
  saveData: {
    ...fixed,
    kind: 'select',
    label: 'Keep the data of runs',
    help: 'Data is removed only after the run has ended.',
    choices: [
      { value: 'all', label: 'All' },
      { value: 'failed', label: 'Of failed runs' },
      { value: 'none', label: 'None' },
    ],
  },
  retention: {
    ...fixed,
    kind: 'group',
    label: 'Keep ended runs',
    help: 'Empty: as the installation says.',
    of: {
      days: { ...fixed, kind: 'number', label: 'Days', integer: true, min: 0, help: '0: for ever.' },
      runs: {
        ...fixed,
        kind: 'number',
        label: 'At most',
        integer: true,
        min: 0,
        help: 'The newest ones. 0: no limit.',
      },
    },
  },
};

export function WorkflowSettingsDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const store = useEditorStore();
  const { settings } = useDocument();
  const change = (name: string, value: unknown) =>
    store.getState().edit(
      'Workflow settings',
      (draft) => {
        const target = draft.settings as unknown as Record<string, unknown>;
        if (value === undefined && name in defaults) target[name] = defaults[name as keyof typeof defaults];
        else if (value === undefined) delete target[name];
        else target[name] = value;
      },
      `settings.${name}`,
    );
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Workflow settings"
      description="They are part of the version that is published."
      footer={<Button onClick={onClose}>Done</Button>}
    >
      <FieldList
        fields={fields}
        values={settings as unknown as Record<string, unknown>}
        path="settings"
        onChange={change}
      />
    </Dialog>
  );
}

const defaults = {
  timezone: 'UTC',
  durability: 'auto',
  branches: 'parallel',
  onFailure: 'stop',
  saveData: 'all',
} satisfies Partial<WorkflowSettings>;
