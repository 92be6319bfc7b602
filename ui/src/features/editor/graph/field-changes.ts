import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { stable } from './changes-between.js';
import { t } from '../../../shared/i18n/i18n.js';

export interface FieldChange {
  /** What the form calls it. */
  label: string;
  /** `undefined` where it was not set. */
  before: string | undefined;
  after: string | undefined;
}

/** What differs between two states of a step, field by field, as text. */
export function fieldChanges(
  before: WorkflowNode | undefined,
  after: WorkflowNode | undefined,
  descriptor: NodeDescriptor | undefined,
): FieldChange[] {
  const rest = (node: WorkflowNode | undefined) => {
    const { id: _id, position: _position, pinned: _pinned, parameters, ...others } = node ?? ({} as WorkflowNode);
    return { parameters: parameters ?? {}, others: others as Record<string, unknown> };
  };
  const [old, fresh] = [rest(before), rest(after)];
  return [
    ...differences(old.others, fresh.others, settingLabel),
    ...differences(old.parameters, fresh.parameters, (name) => descriptor?.fields[name]?.label ?? name),
  ];
}

const settings = [
  'name',
  'type',
  'typeVersion',
  'onError',
  'retry',
  'timeoutMs',
  'disabled',
  'notes',
  'credentials',
  'compensateWith',
  'executeOnce',
  'alwaysOutput',
] as const;

function settingLabel(name: string): string {
  const known = settings.find((setting) => setting === name);
  return known ? t(`editor.setting.${known}`) : name;
}

function differences(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  labelOf: (name: string) => string,
): FieldChange[] {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return names
    .filter((name) => stable(before[name]) !== stable(after[name]))
    .map((name) => ({ label: labelOf(name), before: textOf(before[name]), after: textOf(after[name]) }));
}

function textOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
