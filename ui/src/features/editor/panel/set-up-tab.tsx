import { lazy, Suspense } from 'react';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { Problem, WorkflowNode } from '@wfaib/sdk/workflow-document';
import { FieldList } from '../../../shared/form/field-list.js';
import { isShown } from '../../../shared/form/visible-fields.js';
import { withValue } from '../../../shared/form/with-value.js';
import { useEditorStore } from '../editor-store.js';
import { useNodeEdit } from './use-node-edit.js';
import { useEditorSlots } from '../editor-slots.js';
import { webhookAddress } from './webhook-address.js';
import { SampleBar } from './sample-bar.js';
import { t } from '../../../shared/i18n/i18n.js';

const ScheduleTimes = lazy(() => import('./schedule-times.js').then((module) => ({ default: module.ScheduleTimes })));

interface SetUpTabProps {
  node: WorkflowNode;
  descriptor: NodeDescriptor | undefined;
  problems: readonly Problem[];
}

export function SetUpTab({ node, descriptor, problems }: SetUpTabProps) {
  const edit = useNodeEdit(node.id);
  const store = useEditorStore();
  const { CredentialPicker } = useEditorSlots();
  if (!descriptor) return <NotInstalled node={node} />;
  const slots = (descriptor.credentials ?? []).filter((slot) =>
    isShown(slot.showWhen, descriptor.fields, node.parameters),
  );
  // What belongs to a field is said there.
  const general = problems.filter(
    ({ field }) => !field?.startsWith('parameters') && !slots.some(({ slot }) => field === `credentials.${slot}`),
  );
  const count = Object.keys(descriptor.fields).length + slots.length;
  return (
    <div className="flex flex-col gap-4">
      {general.map((problem) => (
        <p key={problem.message} className="rounded-md bg-waiting-soft px-3 py-2 text-12 text-waiting">
          {problem.message}
        </p>
      ))}
      <Suspense fallback={null}>
        {slots.map((slot) => (
          <CredentialPicker
            key={slot.slot}
            slot={slot}
            value={node.credentials?.[slot.slot]}
            problem={problems.find((problem) => problem.field === `credentials.${slot.slot}`)?.message}
            onChange={(id) =>
              edit(t('editor.setup.credential'), (draft) => {
                const rest = withValue(draft.credentials ?? {}, slot.slot, id) as Record<string, string>;
                if (Object.keys(rest).length === 0) delete draft.credentials;
                else draft.credentials = rest;
              })
            }
          />
        ))}
      </Suspense>
      {descriptor.type === 'core.schedule' && (
        <Suspense fallback={null}>
          <ScheduleTimes node={node} />
        </Suspense>
      )}
      {descriptor.type === 'core.webhook' && <WebhookAddress path={node.parameters['path']} />}
      <SampleBar nodeId={node.id} />
      <FieldList
        fields={descriptor.fields}
        values={node.parameters}
        path="parameters"
        onChange={(name, value) =>
          store.getState().edit(
            t('editor.editOf', { name: descriptor.fields[name]?.label ?? name }),
            (document) => {
              const draft = document.nodes.find(({ id }) => id === node.id);
              if (!draft) return;
              if (value === undefined) delete draft.parameters[name];
              else draft.parameters[name] = value;
            },
            `${node.id}.${name}`,
          )
        }
      />
      {count === 0 && (
        <p className="text-13 text-muted">{t('editor.setup.nothing', { description: descriptor.description })}</p>
      )}
    </div>
  );
}

function WebhookAddress({ path }: { path: unknown }) {
  if (typeof path !== 'string' || path === '') return null;
  return (
    <div className="rounded-md bg-subtle px-3 py-2">
      <p className="text-12 text-muted">{t('editor.setup.address')}</p>
      <code className="font-mono text-12 break-all select-all">{webhookAddress(location.origin, path)}</code>
    </div>
  );
}

function NotInstalled({ node }: { node: WorkflowNode }) {
  return (
    <div className="flex flex-col gap-3">
      <p className="rounded-md bg-waiting-soft px-3 py-2 text-13 text-waiting">
        {t('editor.setup.notInstalled', { type: node.type })}
      </p>
      <pre className="thin-scroll overflow-auto rounded-md bg-subtle p-3 font-mono text-12">
        {JSON.stringify(node.parameters, null, 2)}
      </pre>
    </div>
  );
}
