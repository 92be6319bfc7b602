import type { Field } from '@wfaib/sdk/fields';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import { t } from '../../../shared/i18n/i18n.js';

/** What the step does and what each of its fields means, from its own description: it is right for this very version. */
export function HelpTab({ descriptor }: { descriptor: NodeDescriptor | undefined }) {
  if (!descriptor) return <p className="text-13 text-muted">{t('editor.help.none')}</p>;
  const fields = Object.entries(descriptor.fields).filter(([, field]) => field.kind !== 'notice');
  return (
    <div className="flex flex-col gap-4 text-13">
      <p>{descriptor.description}</p>
      <p className="text-muted">
        {descriptor.work === 'perItem' ? t('editor.help.perItem') : t('editor.help.once')}{' '}
        {t(`editor.help.effect.${descriptor.effect}`)}
      </p>
      {descriptor.outputs.length > 1 && (
        <p className="text-muted">
          {t('editor.help.waysOut', { names: descriptor.outputs.map(({ name, label }) => label ?? name).join(', ') })}
        </p>
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
        {descriptor.connector
          ? t('editor.help.versionOf', {
              type: descriptor.type,
              version: descriptor.typeVersion,
              connector: `${descriptor.connector.id} ${descriptor.connector.version}`,
            })
          : t('editor.help.version', { type: descriptor.type, version: descriptor.typeVersion })}
      </p>
    </div>
  );
}

function detailsOf(field: Field): string {
  const choices = field.kind === 'select' ? field.choices.map(({ label }) => label).join(', ') : '';
  return [
    field.required ? t('editor.help.required') : '',
    choices && t('editor.help.oneOf', { choices }),
    field.default === undefined ? '' : t('editor.help.default', { value: JSON.stringify(field.default) }),
  ]
    .filter(Boolean)
    .join(' ');
}
