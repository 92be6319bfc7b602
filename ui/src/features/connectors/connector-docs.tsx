import type { ConnectorDescriptor } from '@wfaib/sdk/connector-descriptor';
import type { Field } from '@wfaib/sdk/fields';
import { NodeIcon } from '../../shared/components/node-icon.js';
import { t } from '../../shared/i18n/i18n.js';

/** Made from the descriptor of a connector: what it may do, the credentials it takes, and each step with its fields. */
export function ConnectorDocs({ connector }: { connector: ConnectorDescriptor }) {
  const { label, description, version, egress, auth, nodes } = connector;
  return (
    <article aria-label={label} className="min-w-0 rounded-card border border-line bg-surface p-5">
      <h2 className="text-20 font-semibold">{label}</h2>
      <p className="text-muted">
        {description} <span className="text-12">{t('connectors.version', { version })}</span>
      </p>
      <h3 className="mt-4 mb-1 font-semibold">{t('connectors.permissions')}</h3>
      <p className="text-muted">{egress.length === 0 ? t('connectors.noEgress') : t('connectors.egress')}</p>
      <ul className="mt-1 flex flex-wrap gap-1.5">
        {egress.map((host) => (
          <li key={host} className="rounded-md bg-subtle px-2 py-0.5 font-mono text-12">
            {host === '*' ? t('connectors.anyHost') : host}
          </li>
        ))}
      </ul>
      {auth.length > 0 && (
        <>
          <h3 className="mt-4 mb-1 font-semibold">{t('connectors.credentials')}</h3>
          <ul className="list-disc pl-5">
            {auth.map((kind) => (
              <li key={kind.kind}>
                {kind.label} {kind.help && <span className="text-muted">– {kind.help}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3 className="mt-4 mb-2 font-semibold">{t('connectors.steps')}</h3>
      {nodes.map((node) => (
        <section
          key={`${node.type}@${node.typeVersion}`}
          aria-label={node.label}
          className="mb-4 border-t border-line pt-3"
        >
          <h4 className="flex items-center gap-2 font-semibold">
            <NodeIcon icon={node.icon} /> {node.label}{' '}
            <code className="font-mono text-12 font-normal text-muted">{node.type}</code>
          </h4>
          <p className="text-muted">{node.description}</p>
          <FieldTable fields={node.fields} />
        </section>
      ))}
    </article>
  );
}

function FieldTable({ fields }: { fields: Record<string, Field> }) {
  const rows = Object.entries(fields);
  if (rows.length === 0) return null;
  return (
    <div className="relative mt-2 overflow-x-auto">
      <table className="w-full text-left text-12">
        <thead className="text-muted">
          <tr>
            <th className="py-1 pr-3 font-medium">{t('connectors.field')}</th>
            <th className="py-1 pr-3 font-medium">{t('common.kind')}</th>
            <th className="py-1 font-medium">{t('connectors.meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, field]) => (
            <tr key={name} className="border-t border-line align-top">
              <td className="py-1 pr-3">
                <code className="font-mono">{name}</code>
                {'required' in field && field.required && (
                  <span className="text-failed"> {t('connectors.required')}</span>
                )}
              </td>
              <td className="py-1 pr-3 text-muted">{field.kind}</td>
              <td className="py-1">
                {field.label}
                {'help' in field && field.help && <span className="text-muted"> – {field.help}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
