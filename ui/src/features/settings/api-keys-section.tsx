import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Copy, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ApiKey } from '../../api/types.js';
import { Button, IconButton } from '../../shared/components/button.js';
import { Confirm } from '../../shared/components/confirm.js';
import { LoadError } from '../../shared/components/page.js';
import { notifyError } from '../../shared/components/toasts.js';
import { formatDay } from '../../shared/format/time.js';
import { copyText } from '../../shared/hooks/copy-text.js';
import { apiKeysKey, createApiKey, deleteApiKey, useApiKeys } from './api/api-keys.js';
import { t } from '../../shared/i18n/i18n.js';

export function ApiKeysSection() {
  const [name, setName] = useState('');
  const [fresh, setFresh] = useState<string>();
  const keys = useApiKeys();
  const queryClient = useQueryClient();
  const creation = useMutation({
    mutationFn: () => createApiKey(name.trim()),
    onSuccess: (created) => {
      setFresh(created.key ?? created.token ?? created.secret);
      setName('');
      return queryClient.invalidateQueries({ queryKey: apiKeysKey });
    },
    onError: notifyError,
  });
  return (
    <section aria-labelledby="api-keys">
      <h2 id="api-keys" className="text-14 font-semibold">
        {t('apiKeys.title')}
      </h2>
      <p className="mb-3 text-13 text-muted">
        {t('apiKeys.intro')} <code className="font-mono text-12">Authorization: Bearer …</code>
      </p>
      <form
        className="mb-3 flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) creation.mutate();
        }}
      >
        <input
          aria-label={t('apiKeys.name')}
          placeholder={t('apiKeys.nameHint')}
          className="field-input max-w-xs"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" icon={<Plus size={15} />} disabled={!name.trim() || creation.isPending}>
          {t('apiKeys.new')}
        </Button>
      </form>
      {fresh && (
        <div role="status" className="mb-3 rounded-card border border-accent/50 bg-accent-soft p-3">
          <p className="mb-1.5 text-13">{t('apiKeys.once')}</p>
          <div className="flex items-center gap-2">
            <code className="min-w-0 flex-1 truncate rounded-md bg-surface px-2 py-1 font-mono text-12 select-all">
              {fresh}
            </code>
            <Button dense icon={<Copy size={13} />} onClick={() => void copyText(fresh)}>
              {t('common.copy')}
            </Button>
            <Button dense onClick={() => setFresh(undefined)}>
              {t('common.done')}
            </Button>
          </div>
        </div>
      )}
      {keys.isError && <LoadError error={keys.error} />}
      {keys.data && keys.data.length > 0 && (
        <ul className="rounded-card border border-line bg-surface">
          {keys.data.map((key) => (
            <ApiKeyRow key={key.id} apiKey={key} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ApiKeyRow({ apiKey }: { apiKey: ApiKey }) {
  const [deleting, setDeleting] = useState(false);
  const queryClient = useQueryClient();
  const deletion = useMutation({
    mutationFn: () => deleteApiKey(apiKey.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: apiKeysKey }),
    onError: notifyError,
  });
  const start = apiKey.prefix ?? apiKey.start;
  return (
    <li className="flex items-center gap-3 border-b border-line px-4 py-2 last:border-0">
      <span className="w-48 truncate font-medium">{apiKey.name}</span>
      <span className="flex-1 font-mono text-12 text-muted">{start ? `${start.replace(/…$/, '')}…` : ''}</span>
      <span className="text-12 text-muted">
        {apiKey.lastUsedAt ? t('apiKeys.used', { time: formatDay(apiKey.lastUsedAt) }) : t('apiKeys.neverUsed')}
      </span>
      <IconButton label={t('common.deleteNamed', { name: apiKey.name })} onClick={() => setDeleting(true)}>
        <Trash2 size={15} />
      </IconButton>
      <Confirm
        open={deleting}
        title={t('common.deleteAsk', { name: apiKey.name })}
        action={t('apiKeys.delete')}
        busy={deletion.isPending}
        onClose={() => setDeleting(false)}
        onConfirm={() => deletion.mutate(undefined, { onSettled: () => setDeleting(false) })}
      >
        {t('apiKeys.deleteText')}
      </Confirm>
    </li>
  );
}
