import type { Field } from '@wfaib/sdk/fields';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';

/** What the step does and what each of its fields means, from its own description: it is right for this very version. */
export function HelpTab({ descriptor }: { descriptor: NodeDescriptor | undefined }) {
  if (!descriptor)
    return <p className="text-13 text-muted">The type of this step is not installed, so there is no help.</p>;
  const fields = Object.entries(descriptor.fields).filter(([, field]) => field.kind !== 'notice');
  return (
    <div className="flex flex-col gap-4 text-13">
      <p>{descriptor.description}</p>
      <p className="text-muted">
        {descriptor.work === 'perItem' ? 'It works on each item by itself.' : 'It works once, on all items together.'}{' '}
        {effects[descriptor.effect]}
      </p>
      {descriptor.outputs.length > 1 && (
        <p className="text-muted">Ways out: {descriptor.outputs.map(({ name, label }) => label ?? name).join(', ')}.</p>
      )}
      <dl className="flex flex-col gap-3">
        {fields.map(([name, field]) => (
          <div key={name}>
            <dt className="font-medium">
              {field.label} <code className="font-mono text-12 font-normal text-muted">{name}</code>
            </dt>
            <dd className="text-muted">{[field.help, detailsOf(field)].filter(Boolean).join(' ')}</dd>
          </div>
        ))}
      </dl>
      <p className="text-12 text-muted">
        <code className="font-mono">{descriptor.type}</code>, version {descriptor.typeVersion}
        {descriptor.connector && `, of ${descriptor.connector.id} ${descriptor.connector.version}`}
      </p>
    </div>
  );
}

const effects: Record<NodeDescriptor['effect'], string> = {
  none: 'Nothing outside notices it.',
  read: 'It reads from outside.',
  write: 'It may change something outside, so a run does it once even if a process dies.',
};

function detailsOf(field: Field): string {
  const choices = field.kind === 'select' ? field.choices.map(({ label }) => label).join(', ') : '';
  return [
    field.required ? 'Required.' : '',
    choices && `One of: ${choices}.`,
    field.default === undefined ? '' : `Without a value: ${JSON.stringify(field.default)}.`,
  ]
    .filter(Boolean)
    .join(' ');
}
