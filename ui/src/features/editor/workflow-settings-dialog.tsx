import type { Field } from '@wfaib/sdk/fields';
import type { WorkflowSettings } from '@wfaib/sdk/workflow-document';
import { Button } from '../../shared/components/button.js';
import { Dialog } from '../../shared/components/dialog.js';
import { FormEnvironmentProvider } from '../../shared/form/form-environment.js';
import type { FormEnvironment } from '../../shared/form/form-environment.js';
import { workflowLookUp } from './api/look-up-workflows.js';
import { FieldList } from '../../shared/form/field-list.js';
import { isWatching, useDocument, useEditor, useEditorStore } from './editor-store.js';
import { t } from '../../shared/i18n/i18n.js';

const fixed = { expressions: false } as const;

/** Asked when it is drawn, in the language of the page. */
const fields = (): Record<string, Field> => ({
  durability: {
    ...fixed,
    kind: 'select',
    label: t('editor.settings.durability'),
    help: t('editor.settings.durability.help'),
    choices: [
      { value: 'auto', label: t('editor.settings.durability.auto') },
      { value: 'standard', label: t('editor.settings.durability.standard') },
      { value: 'strict', label: t('editor.settings.durability.strict') },
      { value: 'express', label: t('editor.settings.durability.express') },
      { value: 'queue', label: t('editor.settings.durability.queue') },
    ],
  },
  timezone: {
    ...fixed,
    kind: 'text',
    label: t('editor.settings.timezone'),
    help: t('editor.settings.timezone.help'),
  },
  branches: {
    ...fixed,
    kind: 'select',
    label: t('editor.settings.branches'),
    choices: [
      { value: 'parallel', label: t('editor.settings.branches.parallel') },
      { value: 'sequential', label: t('editor.settings.branches.sequential') },
    ],
  },
  timeoutMs: {
    ...fixed,
    kind: 'number',
    label: t('editor.settings.timeoutMs'),
    integer: true,
    min: 1,
    help: t('editor.settings.timeoutMs.help'),
  },
  maxConcurrentRuns: {
    ...fixed,
    kind: 'number',
    label: t('editor.settings.maxConcurrentRuns'),
    integer: true,
    min: 1,
    help: t('editor.settings.maxConcurrentRuns.help'),
  },
  onFailure: {
    ...fixed,
    kind: 'select',
    label: t('editor.settings.onFailure'),
    help: t('editor.settings.onFailure.help'),
    default: 'stop',
    choices: [
      { value: 'stop', label: t('editor.settings.onFailure.stop') },
      { value: 'pause', label: t('editor.settings.onFailure.pause') },
    ],
  },
  errorWorkflowId: {
    ...fixed,
    kind: 'lookup',
    loader: 'workflows',
    searchable: true,
    label: t('editor.settings.errorWorkflow'),
    help: t('editor.settings.errorWorkflow.help'),
    placeholder: t('editor.settings.errorWorkflow.none'),
  },
  saveData: {
    ...fixed,
    kind: 'select',
    label: t('editor.settings.saveData'),
    help: t('editor.settings.saveData.help'),
    choices: [
      { value: 'all', label: t('editor.settings.saveData.all') },
      { value: 'failed', label: t('editor.settings.saveData.failed') },
      { value: 'none', label: t('editor.settings.saveData.none') },
    ],
  },
  retention: {
    ...fixed,
    kind: 'group',
    label: t('editor.settings.retention'),
    help: t('editor.settings.retention.help'),
    of: {
      days: {
        ...fixed,
        kind: 'number',
        label: t('editor.settings.retention.days'),
        integer: true,
        min: 0,
        help: t('editor.settings.retention.days.help'),
      },
      runs: {
        ...fixed,
        kind: 'number',
        label: t('editor.settings.retention.runs'),
        integer: true,
        min: 0,
        help: t('editor.settings.retention.runs.help'),
      },
    },
  },
});

export function WorkflowSettingsDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const store = useEditorStore();
  const { settings } = useDocument();
  const problems = useEditor((state) => state.problems);
  const environment: FormEnvironment = {
    expressions: false,
    lookUp: workflowLookUp,
    problemAt: (path) => {
      const problem = problems.find(({ field }) => field === path);
      return problem && { message: problem.message, isMistake: problem.severity === 'error' };
    },
  };
  const change = (name: string, value: unknown) =>
    store.getState().edit(
      t('editor.settings'),
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
      title={t('editor.settings')}
      description={t('editor.settings.text')}
      footer={<Button onClick={onClose}>{t('common.done')}</Button>}
    >
      <fieldset disabled={useEditor(isWatching)} className="contents">
        <FormEnvironmentProvider value={environment}>
          <FieldList
            fields={fields()}
            values={settings as unknown as Record<string, unknown>}
            path="settings"
            onChange={change}
          />
        </FormEnvironmentProvider>
      </fieldset>
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
