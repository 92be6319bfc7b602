import type { Field } from '@wfaib/sdk/fields';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { FormEnvironmentProvider, useFormEnvironment } from '../../../shared/form/form-environment.js';
import { FieldList } from '../../../shared/form/field-list.js';
import { withValue } from '../../../shared/form/with-value.js';
import { formatDuration } from '../../../shared/format/time.js';
import { useDocument } from '../editor-store.js';
import { useNodeEdit } from './use-node-edit.js';

const fixed = { expressions: false } as const;

/** What happens when the step fails, hangs, or has nothing to do. */
export function ReliabilityTab({ node, descriptor }: { node: WorkflowNode; descriptor: NodeDescriptor | undefined }) {
  const edit = useNodeEdit(node.id);
  const document = useDocument();
  const environment = useFormEnvironment();
  if (descriptor?.isTrigger)
    return <p className="text-13 text-muted">A trigger starts runs; what can fail comes after it.</p>;
  const others = document.nodes.filter((other) => other.id !== node.id);
  return (
    <FormEnvironmentProvider value={{ ...environment, expressions: false }}>
      <div className="flex flex-col gap-5">
        <FieldList
          path="node"
          fields={topFields(others)}
          values={topValues(node)}
          onChange={(name, value) => edit(`Edit ${name}`, (draft) => setTop(draft, name, value), name)}
        />
        <div>
          <h3 className="mb-2 text-13 font-medium">Retries</h3>
          <div className="border-l-2 border-line pl-3">
            <FieldList
              path="node.retry"
              fields={retryFields(node)}
              values={node.retry ?? {}}
              onChange={(name, value) =>
                edit(
                  'Edit retries',
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
      label: 'When it fails for good',
      default: 'stop',
      choices: [
        { value: 'stop', label: 'The run fails' },
        { value: 'continue', label: 'Go on with the failed item, the error beside it' },
        { value: 'errorOutput', label: 'Send the failed item to an error output' },
        { value: 'pause', label: 'The run pauses, and a person decides' },
      ],
    },
    timeoutMs: {
      ...fixed,
      kind: 'number',
      label: 'Time limit of one try',
      integer: true,
      min: 1,
      max: 86_400_000,
      help: 'Milliseconds. Empty: the usual limit of this kind of step.',
    },
    executeOnce: { ...fixed, kind: 'boolean', label: 'Only the first item', default: false },
    alwaysOutput: {
      ...fixed,
      kind: 'boolean',
      label: 'Go on even with nothing',
      default: false,
      help: 'An empty result becomes one empty item, so that the next step runs.',
    },
    compensateWith: {
      ...fixed,
      kind: 'select',
      label: 'Undone by',
      placeholder: 'nothing',
      help: 'Runs when the run fails or is cancelled after this step was done.',
      choices: others.map((other) => ({ value: other.id, label: other.name })),
    },
  };
}

function topValues(node: WorkflowNode): Record<string, unknown> {
  const { onError, timeoutMs, executeOnce, alwaysOutput, compensateWith } = node;
  return { onError, timeoutMs, executeOnce, alwaysOutput, compensateWith };
}

function setTop(node: WorkflowNode, name: string, value: unknown): void {
  const target = node as unknown as Record<string, unknown>;
  if (name === 'onError') target['onError'] = value ?? 'stop';
  else if (value === undefined || value === false) delete target[name];
  else target[name] = value;
}

function retryFields(node: WorkflowNode): Record<string, Field> {
  const attempts: Record<string, Field> = {
    maxAttempts: {
      ...fixed,
      kind: 'number',
      label: 'Tries in all',
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
      label: 'First wait',
      integer: true,
      min: 0,
      default: 1_000,
      help: 'Milliseconds.',
    },
    factor: { ...fixed, kind: 'number', label: 'Each wait is longer by', min: 1, max: 10, default: 2 },
    maxMs: {
      ...fixed,
      kind: 'number',
      label: 'Longest wait',
      integer: true,
      min: 0,
      default: 60_000,
      help: 'Milliseconds.',
    },
  };
}

/** "Tries 5 times over about 15 s." */
export function retriesInWords(node: Pick<WorkflowNode, 'retry'>): string {
  if (!node.retry) return 'Tried once.';
  const { maxAttempts = 3, initialMs = 1_000, factor = 2, maxMs = 60_000 } = node.retry;
  if (maxAttempts <= 1) return 'Tried once.';
  let total = 0;
  for (let retry = 0; retry < maxAttempts - 1; retry++) total += Math.min(maxMs, initialMs * factor ** retry);
  return `Tries ${maxAttempts} times over about ${formatDuration(total)}. A service that asks to wait longer gets its wait.`;
}
