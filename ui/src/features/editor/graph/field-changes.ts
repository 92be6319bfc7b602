import type { Field } from '@wfaib/sdk/fields';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { stable } from './changes-between.js';
import { isSingle, operatorWords } from '../../../shared/form/operators.js';
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
    ...differences(old.others, fresh.others, (name) => ({ label: settingLabel(name) })),
    ...differences(old.parameters, fresh.parameters, (name) => descriptor?.fields[name] ?? { label: name }),
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
  fieldOf: (name: string) => Field | { label: string },
): FieldChange[] {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return names
    .filter((name) => stable(before[name]) !== stable(after[name]))
    .map((name) => {
      const field = fieldOf(name);
      const [old, fresh] = [before[name], after[name]].map((value) => textOf(inWords(value, field)));
      // Words do not tell "1" from 1.
      if (old === fresh) return { label: field.label, before: exactly(before[name]), after: exactly(after[name]) };
      return { label: field.label, before: old, after: fresh };
    });
}

/** A value with what it is made of called as the form does: fields, choices and comparisons. */
function inWords(value: unknown, field: Field | { label: string } | undefined): unknown {
  if (!field || !('kind' in field)) return value;
  if (field.kind === 'select') return field.choices.find((choice) => choice.value === value)?.label ?? value;
  if (field.kind === 'group' && isRecord(value)) return withLabels(value, field.of);
  if (!Array.isArray(value)) return value;
  const rows = value as unknown[];
  if (field.kind === 'list') return rows.map((row) => (isRecord(row) ? withLabels(row, field.of) : row));
  if (field.kind === 'conditions') return rows.map((row) => (isRecord(row) ? comparisonInWords(row) : row));
  return value;
}

const withLabels = (values: Record<string, unknown>, fields: Record<string, Field>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [fields[name]?.label ?? name, inWords(value, fields[name])]),
  );

/** One that says more than its form has no words of its own. */
function comparisonInWords(comparison: Record<string, unknown>): unknown {
  const { left, op = 'eq', right, ...more } = comparison;
  if (Object.keys(more).length > 0) return comparison;
  const sides = isSingle(op) ? [left, operatorWords(op)] : [left, operatorWords(op), right];
  return sides.map((side) => textOf(side) ?? '').join(' ');
}

/** Lines of text stand below each other. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.length > 0 && value.every((line) => typeof line === 'string'))
    return value.join('\n');
  return exactly(value);
}

const exactly = (value: unknown): string | undefined => JSON.stringify(value, null, 2) as string | undefined;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
