import { useMutation, useQueryClient } from '@tanstack/react-query';
import { KeyRound, MoreHorizontal, Pencil, Plug, Plus, Trash2 } from 'lucide-react';
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

export function CredentialsPage() {
  const [creating, setCreating] = useState(false);
  const credentials = useCredentials();
  const add = (
    <Button variant="primary" icon={<Plus size={15} />} onClick={() => setCreating(true)}>
      New credential
    </Button>
  );
  return (
    <Page title="Credentials" actions={add}>
      {credentials.isPending && <Loading />}
      {credentials.isError && <LoadError error={credentials.error} onRetry={() => void credentials.refetch()} />}
      {credentials.data?.length === 0 && (
        <Empty icon={<KeyRound size={24} />} title="No credentials yet" action={add}>
          Passwords, tokens and keys that steps use. They are stored encrypted and never shown again.
        </Empty>
      )}
      {credentials.data && credentials.data.length > 0 && (
        <div className="overflow-hidden rounded-card border border-line bg-surface">
          <table className="w-full text-left">
            <thead className="border-b border-line text-12 text-muted">
              <tr>
                <th className="px-4 py-2 font-medium">Name</th>
                <th className="w-56 px-4 py-2 font-medium">Kind</th>
                <th className="w-44 px-4 py-2 font-medium">Changed</th>
                <th className="w-28 px-4 py-2">
                  <span className="sr-only">Actions</span>
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

function CredentialRow({ credential }: { credential: Credential }) {
  const [layer, setLayer] = useState<'edit' | 'delete'>();
  const kinds = useCredentialKinds();
  const queryClient = useQueryClient();
  const kind = kinds.data?.find((candidate) => candidate.kind === credential.kind);
  const test = useMutation({
    mutationFn: () => testCredential(credential.id),
    onSuccess: (result) =>
      result.ok
        ? notify(`“${credential.name}”: ${result.message ?? 'it works.'}`)
        : notifyError(new Error(`“${credential.name}”: ${result.message ?? 'it was refused.'}`)),
    onError: notifyError,
  });
  const deletion = useMutation({
    mutationFn: () => deleteCredential(credential.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: credentialsKey }),
    onError: notifyError,
  });
  return (
    <tr className="border-b border-line last:border-0 hover:bg-hover">
      <td className="px-4 py-2.5">
        <button type="button" className="font-medium hover:text-accent" onClick={() => setLayer('edit')}>
          {credential.name}
        </button>
      </td>
      <td className="px-4 py-2.5 text-muted">{kind?.label ?? credential.kind}</td>
      <td className="px-4 py-2.5 text-muted">{formatDay(credential.updatedAt ?? credential.createdAt)}</td>
      <td className="px-3 py-1.5">
        <div className="flex justify-end gap-1">
          {kind?.canTest !== false && (
            <Button
              dense
              variant="quiet"
              icon={<Plug size={14} />}
              disabled={test.isPending}
              onClick={() => test.mutate()}
            >
              Test
            </Button>
          )}
          <Menu
            trigger={
              <IconButton label={`More for ${credential.name}`}>
                <MoreHorizontal size={16} />
              </IconButton>
            }
            entries={[
              { label: 'Edit', icon: <Pencil size={15} />, onSelect: () => setLayer('edit') },
              {
                label: 'Delete',
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
          title={`Delete “${credential.name}”?`}
          action="Delete credential"
          busy={deletion.isPending}
          onClose={() => setLayer(undefined)}
          onConfirm={() => deletion.mutate(undefined, { onSettled: () => setLayer(undefined) })}
        >
          Steps that use it will fail until they get another one.
        </Confirm>
      </td>
    </tr>
  );
}
