import type { Field } from '@wfaib/sdk/fields';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { FormEnvironmentProvider, useFormEnvironment } from '../../../shared/form/form-environment.js';
import { FieldList } from '../../../shared/form/field-list.js';
import { withValue } from '../../../shared/form/with-value.js';
import { formatDuration } from '../../../shared/format/time.js';
import { useDocument, useEditor } from '../editor-store.js';
import { setOnError } from '../graph/set-on-error.js';
import { useNodeEdit } from './use-node-edit.js';
import { t } from '../../../shared/i18n/i18n.js';

const fixed = { expressions: false } as const;

/** What happens when the step fails, hangs, or has nothing to do. */
export function ReliabilityTab({ node, descriptor }: { node: WorkflowNode; descriptor: NodeDescriptor | undefined }) {
  const edit = useNodeEdit(node.id);
  const document = useDocument();
  const catalog = useEditor((state) => state.catalog);
  const environment = useFormEnvironment();
  if (descriptor?.isTrigger) return <p className="text-13 text-muted">{t('editor.reliability.trigger')}</p>;
  const others = document.nodes.filter(({ id, type }) => id !== node.id && catalog.find(type)?.isTrigger !== true);
  return (
    <FormEnvironmentProvider value={{ ...environment, expressions: false }}>
      <div className="flex flex-col gap-5">
        <FieldList
          path="node"
          fields={topFields(others)}
          values={topValues(node)}
          onChange={(name, value) =>
            edit(
              t('editor.editOf', { name }),
              (draft, whole) => {
                if (name === 'onError') setOnError(whole, draft, descriptor, onErrorOf(value));
                else setTop(draft, name, value);
              },
              name,
            )
          }
        />
        <div>
          <h3 className="mb-2 text-13 font-medium">{t('editor.setting.retry')}</h3>
          <div className="border-l-2 border-line pl-3">
            <FieldList
              path="node.retry"
              fields={retryFields(node)}
              values={node.retry ?? {}}
              onChange={(name, value) =>
                edit(
                  t('editor.reliability.editRetries'),
                  (draft) => {
                    const retry = withValue(draft.retry ?? {}, name, value);
                    if (Object.keys(retry).length === 0) delete draft.retry;
                    else draft.retry = retry as NonNullable<WorkflowNode['retry']>;
                  },
                  `retry.${name}`,
                )
              }
            />
          </div>
          <p className="mt-2 text-12 text-muted">{retriesInWords(node)}</p>
        </div>
      </div>
    </FormEnvironmentProvider>
  );
}

function topFields(others: WorkflowNode[]): Record<string, Field> {
  return {
    onError: {
      ...fixed,
      kind: 'select',
      label: t('editor.setting.onError'),
      default: 'stop',
      choices: [
        { value: 'stop', label: t('editor.reliability.stop') },
        { value: 'continue', label: t('editor.reliability.continue') },
        { value: 'errorOutput', label: t('editor.reliability.output') },
        { value: 'pause', label: t('editor.reliability.pause') },
      ],
    },
    timeoutMs: {
      ...fixed,
      kind: 'number',
      label: t('editor.setting.timeoutMs'),
      integer: true,
      min: 1,
      max: 86_400_000,
      help: t('editor.reliability.timeoutHelp'),
    },
    executeOnce: { ...fixed, kind: 'boolean', label: t('editor.setting.executeOnce'), default: false },
    alwaysOutput: {
      ...fixed,
      kind: 'boolean',
      label: t('editor.setting.alwaysOutput'),
      default: false,
      help: t('editor.reliability.alwaysOutputHelp'),
    },
    compensateWith: {
      ...fixed,
      kind: 'select',
      label: t('editor.setting.compensateWith'),
      placeholder: t('editor.reliability.nothing'),
      help: t('editor.reliability.compensateHelp'),
      choices: others.map((other) => ({ value: other.id, label: other.name })),
    },
  };
}

function topValues(node: WorkflowNode): Record<string, unknown> {
  const { onError, timeoutMs, executeOnce, alwaysOutput, compensateWith } = node;
  return { onError, timeoutMs, executeOnce, alwaysOutput, compensateWith };
}

const onErrorOf = (value: unknown): WorkflowNode['onError'] => (value ?? 'stop') as WorkflowNode['onError'];

function setTop(node: WorkflowNode, name: string, value: unknown): void {
  const target = node as unknown as Record<string, unknown>;
  if (value === undefined || value === false) delete target[name];
  else target[name] = value;
}

function retryFields(node: WorkflowNode): Record<string, Field> {
  const attempts: Record<string, Field> = {
    maxAttempts: {
      ...fixed,
      kind: 'number',
      label: t('editor.reliability.tries'),
      integer: true,
      min: 1,
      max: 100,
      placeholder: node.retry ? '3' : '1',
    },
  };
  if (!node.retry) return attempts;
  return {
    ...attempts,
    initialMs: {
      ...fixed,
      kind: 'number',
      label: t('editor.reliability.firstWait'),
      integer: true,
      min: 0,
      default: 1_000,
      help: t('editor.reliability.ms'),
    },
    factor: { ...fixed, kind: 'number', label: t('editor.reliability.factor'), min: 1, max: 10, default: 2 },
    maxMs: {
      ...fixed,
      kind: 'number',
      label: t('editor.reliability.longestWait'),
      integer: true,
      min: 0,
      default: 60_000,
      help: t('editor.reliability.ms'),
    },
    on: {
      ...fixed,
      kind: 'values',
      of: 'text',
      label: t('editor.reliability.on'),
      help: t('editor.reliability.onHelp'),
    },
  };
}

/** "Tries 5 times over about 15 s.", and of code that what it throws is not meant. */
export function retriesInWords(node: Pick<WorkflowNode, 'type' | 'retry'>): string {
  if (!node.retry) return t('editor.reliability.once');
  const { maxAttempts = 3, initialMs = 1_000, factor = 2, maxMs = 60_000 } = node.retry;
  if (maxAttempts <= 1) return t('editor.reliability.once');
  let total = 0;
  for (let retry = 0; retry < maxAttempts - 1; retry++) total += Math.min(maxMs, initialMs * factor ** retry);
  const many = t('editor.reliability.many', { attempts: maxAttempts, time: formatDuration(total) });
  const isCode = node.type === 'core.code' && !node.retry.on?.length;
  return isCode ? `${many} ${t('editor.reliability.thrown')}` : many;
}
