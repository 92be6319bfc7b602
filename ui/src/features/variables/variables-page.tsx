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

/** Values that the workflows of a project share. */
export function VariablesPage() {
  const [creating, setCreating] = useState(false);
  const variables = useVariables();
  const add = (
    <Button variant="primary" icon={<Plus size={15} />} onClick={() => setCreating(true)}>
      New variable
    </Button>
  );
  return (
    <Page title="Variables" actions={add}>
      {variables.isPending && <Loading />}
      {variables.isError && <LoadError error={variables.error} onRetry={() => void variables.refetch()} />}
      {variables.data?.length === 0 && (
        <Empty icon={<Braces size={24} />} title="No variables yet" action={add}>
          Values that several workflows use, such as the address of a service. Expressions read them as $vars.name.
        </Empty>
      )}
      {variables.data && variables.data.length > 0 && (
        <div className="overflow-x-auto rounded-card border border-line bg-surface">
          <table className="w-full table-fixed text-left">
            <thead className="border-b border-line text-12 text-muted">
              <tr>
                <th className="w-64 px-4 py-2 font-medium">Name</th>
                <th className="px-4 py-2 font-medium">Value</th>
                <th className="hidden w-36 px-4 py-2 font-medium md:table-cell">Changed</th>
                <th className="w-24 px-4 py-2">
                  <span className="sr-only">Actions</span>
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
          className="font-mono text-12 font-medium hover:text-accent"
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
          <IconButton label={`Copy the value of ${name}`} onClick={() => void copyText(textOf(value))}>
            <Copy size={15} />
          </IconButton>
          <IconButton label={`Delete ${name}`} onClick={() => setLayer('delete')}>
            <Trash2 size={15} />
          </IconButton>
        </div>
        {layer === 'edit' && <VariableDialog variable={variable} onClose={() => setLayer(undefined)} />}
        <Confirm
          open={layer === 'delete'}
          title={`Delete “${name}”?`}
          action="Delete variable"
          busy={deletion.isPending}
          onClose={() => setLayer(undefined)}
          onConfirm={() => deletion.mutate(undefined, { onSettled: () => setLayer(undefined) })}
        >
          $vars.{name} has no value from then on, also in workflows that are live.
        </Confirm>
      </td>
    </tr>
  );
}
