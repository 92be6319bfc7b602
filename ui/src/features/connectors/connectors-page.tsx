import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ConnectorDescriptor } from '@wfaib/sdk/connector-descriptor';
import { NodeIcon } from '../../shared/components/node-icon.js';
import { Empty, Loading, LoadError, Page } from '../../shared/components/page.js';
import { SearchBox } from '../../shared/components/search-box.js';
import { useConnectors } from './api/use-connectors.js';
import { ConnectorDocs } from './connector-docs.js';
import { t } from '../../shared/i18n/i18n.js';

/** What is installed, what it may talk to, and how to use it. */
export function ConnectorsPage() {
  const { q = '', name } = useSearch({ from: '/shell/connectors' });
  const navigate = useNavigate();
  const list = useConnectors();
  const found = (list.data ?? []).filter((one) => textOf(one).includes(q.toLowerCase()));
  const open = found.find(({ id }) => id === name) ?? found[0];
  const go = (search: { q?: string; name?: string }) => void navigate({ to: '/connectors', search, replace: true });
  return (
    <Page
      title={t('connectors.title')}
      actions={<SearchBox label={t('connectors.search')} value={q} onChange={(next) => go(next ? { q: next } : {})} />}
    >
      {list.isPending && <Loading />}
      {list.isError && <LoadError error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && found.length === 0 && <Empty title={q ? t('connectors.noMatch') : t('connectors.none')} />}
      <div className="grid gap-5 md:grid-cols-[260px_1fr]">
        <ul className="flex flex-col gap-1">
          {found.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                aria-current={one.id === open?.id ? 'true' : undefined}
                onClick={() => go({ ...(q ? { q } : {}), name: one.id })}
                className={`flex w-full items-center gap-3 rounded-card border px-3 py-2 text-left ${one.id === open?.id ? 'border-accent bg-accent-soft' : 'border-line bg-surface hover:bg-hover'}`}
              >
                <NodeIcon icon={one.icon} size={20} />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{one.label}</span>
                  <span className="text-12 text-muted">
                    {one.version} · {t('common.steps', { count: one.nodes.length })}
                  </span>
                </span>
              </button>
            </li>
          ))}
        </ul>
        {open && <ConnectorDocs key={open.id} connector={open} />}
      </div>
    </Page>
  );
}

const textOf = ({ id, label, description, nodes }: ConnectorDescriptor) =>
  [id, label, description, ...nodes.map((node) => node.label)].join(' ').toLowerCase();
