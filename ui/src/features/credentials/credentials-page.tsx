import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, KeyRound, MoreHorizontal, Pencil, Plug, Plus, Trash2, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { Credential } from '../../api/types.js';
import { Button, IconButton } from '../../shared/components/button.js';
import { Confirm } from '../../shared/components/confirm.js';
import { Menu } from '../../shared/components/menu.js';
import { Empty, Loading, LoadError, Page } from '../../shared/components/page.js';
import { notify, notifyError } from '../../shared/components/toasts.js';
import { formatDay } from '../../shared/format/time.js';
import { deleteCredential } from './api/delete-credential.js';
import { testCredential } from './api/test-credential.js';
import { credentialsKey, useCredentialKinds, useCredentials } from './api/use-credentials.js';
import { CredentialDialog } from './credential-dialog.js';
import { t } from '../../shared/i18n/i18n.js';
import { toldMessage } from '../../shared/i18n/server-texts.js';

export function CredentialsPage() {
  const [creating, setCreating] = useState(false);
  const credentials = useCredentials();
  const add = (
    <Button variant="primary" icon={<Plus size={15} />} onClick={() => setCreating(true)}>
      {t('credentials.new')}
    </Button>
  );
  return (
    <Page title={t('credentials.title')} actions={add}>
      {credentials.isPending && <Loading />}
      {credentials.isError && <LoadError error={credentials.error} onRetry={() => void credentials.refetch()} />}
      {credentials.data?.length === 0 && (
        <Empty icon={<KeyRound size={24} />} title={t('credentials.none')} action={add}>
          {t('credentials.empty')}
        </Empty>
      )}
      {credentials.data && credentials.data.length > 0 && (
        <div className="overflow-hidden rounded-card border border-line bg-surface">
          <table className="w-full text-left">
            <thead className="border-b border-line text-12 text-muted">
              <tr>
                <th className="px-4 py-2 font-medium">{t('common.name')}</th>
                <th className="px-4 sm:w-56 py-2 font-medium">{t('common.kind')}</th>
                <th className="hidden w-44 px-4 py-2 font-medium sm:table-cell">{t('common.changed')}</th>
                <th className="px-3 py-2 sm:w-28">
                  <span className="sr-only">{t('common.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {credentials.data.map((credential) => (
                <CredentialRow key={credential.id} credential={credential} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <CredentialDialog open={creating} onClose={() => setCreating(false)} />
    </Page>
  );
}

function LastTest({ test }: { test: NonNullable<Credential['lastTest']> }) {
  const time = formatDay(test.at);
  if (test.ok)
    return (
      <span className="flex items-center gap-1 text-12 text-muted">
        <CircleCheck size={13} className="shrink-0 text-ok" aria-hidden /> {t('credentials.lastWorked', { time })}
      </span>
    );
  return (
    <span className="flex items-start gap-1 text-12 break-words text-waiting">
      <TriangleAlert size={13} className="mt-0.5 shrink-0" aria-hidden />
      {t('credentials.lastFailed', { time, message: refusalOf(test) })}
    </span>
  );
}

const refusalOf = ({ message }: { message?: string }): string =>
  message === undefined ? t('credentials.refused') : toldMessage(message);

function CredentialRow({ credential }: { credential: Credential }) {
  const [layer, setLayer] = useState<'edit' | 'delete'>();
  const kinds = useCredentialKinds();
  const queryClient = useQueryClient();
  const kind = kinds.data?.find((candidate) => candidate.kind === credential.kind);
  const test = useMutation({
    mutationFn: () => testCredential(credential.id),
    onSuccess: (result) =>
      result.ok
        ? notify(t('credentials.tested', { name: credential.name, message: result.message ?? t('credentials.works') }))
        : notifyError(new Error(t('credentials.tested', { name: credential.name, message: refusalOf(result) }))),
    onError: notifyError,
    // The list says how the last test went.
    onSettled: () => queryClient.invalidateQueries({ queryKey: credentialsKey }),
  });
  const deletion = useMutation({
    mutationFn: () => deleteCredential(credential.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: credentialsKey }),
    onError: notifyError,
  });
  return (
    <tr className="border-b border-line last:border-0 hover:bg-hover">
      <td className="px-4 py-2.5">
        <button
          type="button"
          className="min-h-6 text-left font-medium hover:text-accent"
          onClick={() => setLayer('edit')}
        >
          {credential.name}
        </button>
        {credential.lastTest && <LastTest test={credential.lastTest} />}
      </td>
      <td className="px-4 py-2.5 text-muted">{kind?.label ?? credential.kind}</td>
      <td className="hidden px-4 py-2.5 text-muted sm:table-cell">
        {formatDay(credential.updatedAt ?? credential.createdAt)}
      </td>
      <td className="px-3 py-1.5">
        <div className="flex justify-end gap-1">
          {kind?.canTest !== false && (
            <Button
              dense
              variant="quiet"
              icon={<Plug size={14} />}
              title={t('credentials.test')}
              disabled={test.isPending}
              onClick={() => test.mutate()}
            >
              <span className="sr-only sm:not-sr-only">{t('credentials.test')}</span>
            </Button>
          )}
          <Menu
            trigger={
              <IconButton label={t('common.moreFor', { name: credential.name })}>
                <MoreHorizontal size={16} />
              </IconButton>
            }
            entries={[
              { label: t('common.edit'), icon: <Pencil size={15} />, onSelect: () => setLayer('edit') },
              {
                label: t('common.delete'),
                icon: <Trash2 size={15} />,
                danger: true,
                separated: true,
                onSelect: () => setLayer('delete'),
              },
            ]}
          />
        </div>
        <CredentialDialog open={layer === 'edit'} credential={credential} onClose={() => setLayer(undefined)} />
        <Confirm
          open={layer === 'delete'}
          title={t('common.deleteAsk', { name: credential.name })}
          action={t('credentials.delete')}
          busy={deletion.isPending}
          onClose={() => setLayer(undefined)}
          onConfirm={() => deletion.mutate(undefined, { onSettled: () => setLayer(undefined) })}
        >
          {t('credentials.deleteText')}
        </Confirm>
      </td>
    </tr>
  );
}
