import type { Field } from '@wfaib/sdk/fields';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { scheduleInWords } from '../../../shared/format/schedule-words.js';
import { isSingle, operatorWords } from '../../../shared/form/operators.js';
import { t } from '../../../shared/i18n/i18n.js';

type Summed = Pick<WorkflowNode, 'name' | 'parameters' | 'type'>;

/** The line of meaning on a step card: what the connector wrote, else what is filled in, else the name of the type. */
export function summaryOf(node: Summed, descriptor: NodeDescriptor | undefined): string {
  if (!descriptor) return t('editor.notInstalled', { type: node.type });
  const written =
    node.type === 'core.schedule' ? (scheduleInWords(node.parameters) ?? '') : writtenSummary(node, descriptor);
  if (/[\p{L}\p{N}]/u.test(written)) return written;
  return filledIn(node, descriptor) ?? (node.name === descriptor.label ? '' : descriptor.label);
}

function writtenSummary(node: Summed, { summary, fields }: NodeDescriptor): string {
  return (summary ?? '')
    .replace(/\{\{\s*(\w+)\s*\}\}/g, (_whole, name: string) =>
      shown(fields[name], node.parameters[name] ?? fields[name]?.default),
    )
    .trim();
}

/** Of the first field that says it best: conditions in words, the ways out of rules, the names that are set. */
function filledIn({ parameters }: Summed, { fields }: NodeDescriptor): string | undefined {
  for (const [name, field] of Object.entries(fields)) {
    const value = parameters[name];
    if (field.kind === 'conditions' && Array.isArray(value) && value.length > 0) return conditionsInWords(value);
    if (field.kind === 'list' && Array.isArray(value) && value.length > 0 && 'port' in field.of) return waysOut(value);
    if (field.kind === 'keyvalue' && isRecord(value)) return Object.keys(value).join(', ') || undefined;
  }
  return undefined;
}

function conditionsInWords(rows: unknown[]): string {
  const [first] = rows.filter(isRecord);
  if (!first) return '';
  const { op = 'eq', left, right } = first;
  const parts = [plain(left).replace(/^\$json\./, ''), operatorWords(op), isSingle(op) ? '' : plain(right)];
  const condition = parts.filter(Boolean).join(' ');
  return rows.length > 1 ? t('editor.conditionAndMore', { condition, more: rows.length - 1 }) : condition;
}

function waysOut(rows: unknown[]): string {
  const ports = rows.filter(isRecord).map(({ port }) => plain(port));
  return [...new Set(ports.filter(Boolean))].join(' · ');
}

/** A value as the form shows it: the label of a choice rather than what is stored. */
function shown(field: Field | undefined, value: unknown): string {
  if (field?.kind === 'select') {
    const choice = field.choices.find((candidate) => candidate.value === value);
    if (choice) return choice.label;
  }
  return plain(value);
}

function plain(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/^=/, '').replace(/^\{\{\s*|\s*\}\}$/g, '');
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
