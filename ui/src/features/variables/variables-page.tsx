import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Braces, Copy, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../shared/components/button.js';
import { Confirm } from '../../shared/components/confirm.js';
import { Empty, Loading, LoadError, Page } from '../../shared/components/page.js';
import { notifyError } from '../../shared/components/toasts.js';
import { formatDay } from '../../shared/format/time.js';
import { copyText } from '../../shared/hooks/copy-text.js';
import { deleteVariable, useVariables, variablesKey } from './api/variables.js';
import type { Variable } from './api/variables.js';
import { VariableDialog } from './variable-dialog.js';
import { textOf } from './variable-text.js';
import { t } from '../../shared/i18n/i18n.js';

/** Values that the workflows of a project share. */
export function VariablesPage() {
  const [creating, setCreating] = useState(false);
  const variables = useVariables();
  const add = (
    <Button variant="primary" icon={<Plus size={15} />} onClick={() => setCreating(true)}>
      {t('variables.new')}
    </Button>
  );
  return (
    <Page title={t('variables.title')} actions={add}>
      {variables.isPending && <Loading />}
      {variables.isError && <LoadError error={variables.error} onRetry={() => void variables.refetch()} />}
      {variables.data?.length === 0 && (
        <Empty icon={<Braces size={24} />} title={t('variables.none')} action={add}>
          {t('variables.empty')}
        </Empty>
      )}
      {variables.data && variables.data.length > 0 && (
        <div className="relative overflow-x-auto rounded-card border border-line bg-surface">
          <table className="w-full table-fixed text-left">
            <thead className="border-b border-line text-12 text-muted">
              <tr>
                <th className="w-32 px-4 py-2 font-medium sm:w-64">{t('common.name')}</th>
                <th className="px-4 py-2 font-medium">{t('common.value')}</th>
                <th className="hidden w-36 px-4 py-2 font-medium md:table-cell">{t('common.changed')}</th>
                <th className="w-24 px-4 py-2">
                  <span className="sr-only">{t('common.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {variables.data.map((variable) => (
                <VariableRow key={variable.id} variable={variable} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {creating && <VariableDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

function VariableRow({ variable }: { variable: Variable }) {
  const [layer, setLayer] = useState<'edit' | 'delete'>();
  const queryClient = useQueryClient();
  const deletion = useMutation({
    mutationFn: () => deleteVariable(variable.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: variablesKey }),
    onError: notifyError,
  });
  const { name, value } = variable;
  return (
    <tr className="border-b border-line last:border-0 hover:bg-hover">
      <td className="truncate px-4 py-2.5">
        <button
          type="button"
          title={name}
          className="min-h-6 text-left font-mono text-12 font-medium hover:text-accent"
          onClick={() => setLayer('edit')}
        >
          {name}
        </button>
      </td>
      <td className="truncate px-4 py-2.5 font-mono text-12 text-muted">
        {typeof value === 'string' ? value : JSON.stringify(value)}
      </td>
      <td className="hidden px-4 py-2.5 text-muted md:table-cell">{formatDay(variable.updatedAt)}</td>
      <td className="px-3 py-1.5">
        <div className="flex justify-end gap-1">
          <IconButton label={t('variables.copy', { name })} onClick={() => void copyText(textOf(value))}>
            <Copy size={15} />
          </IconButton>
          <IconButton label={t('common.deleteNamed', { name })} onClick={() => setLayer('delete')}>
            <Trash2 size={15} />
          </IconButton>
        </div>
        {layer === 'edit' && <VariableDialog variable={variable} onClose={() => setLayer(undefined)} />}
        <Confirm
          open={layer === 'delete'}
          title={t('common.deleteAsk', { name })}
          action={t('variables.delete')}
          busy={deletion.isPending}
          onClose={() => setLayer(undefined)}
          onConfirm={() => deletion.mutate(undefined, { onSettled: () => setLayer(undefined) })}
        >
          {t('variables.deleteText', { name })}
        </Confirm>
      </td>
    </tr>
  );
}
