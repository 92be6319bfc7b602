import type { Field } from '@wfaib/sdk/fields';
import { coreNodes } from '../../server/src/nodes/core-nodes.js';

/** Names, samples of values and names of formats: the same in German. */
const same = new Set(
  (
    'Webhook|Status|Name|Text|Filter|Workflow|Code|Namespace|Budget|GET|POST|PUT|PATCH|DELETE|HEAD|Base64|CSV|' +
    'JSON|Excel|XML|HTML|JavaScript|TypeScript|Cache-Control|Europe/Berlin|OrderWorkflow|charge_card|payments|' +
    'id|in1|data|line|total|country|price|budget|body.lines|orders.csv|orders/:id|version|Start|in PostgreSQL|' +
    'main'
  ).split('|'),
);

/** A text that needs no translation: nothing but names to fill in, values as they are typed, or a word of both languages. */
export const wordless = (text: string): boolean =>
  same.has(text) ||
  !/\p{L}{2,}|"/u.test(text.replace(/\{\{\w+\}\}/g, '')) ||
  /^(=\{\{.*\}\}|return .*;|[\w.-]+@[\w.-]+|(SHA|X)-[\w-]+|sha256=|0 9 \* \* MON-FRI|\{\{method\}\} \/hooks\/\{\{path\}\})$/.test(
    text,
  );

/** Everything the core steps say to people in the editor. */
export function saidBySteps(): string[] {
  return [...coreNodes.values()]
    .flatMap(({ descriptor }) => [
      descriptor.label,
      descriptor.description,
      descriptor.summary,
      ...[...descriptor.inputs, ...descriptor.outputs].map(({ name, label }) => label ?? name),
      ...(descriptor.credentials ?? []).map(({ label }) => label),
      ...saidByFields(descriptor.fields),
    ])
    .filter((text) => text !== undefined);
}

function saidByFields(fields: Record<string, Field>): (string | undefined)[] {
  return Object.values(fields).flatMap((field) => [
    field.label,
    field.help,
    field.placeholder,
    ...('choices' in field ? field.choices.flatMap(({ label, help }) => [label, help]) : []),
    ...(field.kind === 'list' ? [field.itemLabel, ...saidByFields(field.of)] : []),
    ...(field.kind === 'group' ? saidByFields(field.of) : []),
  ]);
}
