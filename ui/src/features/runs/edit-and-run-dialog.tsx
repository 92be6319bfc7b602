import { useMutation, useQuery } from '@tanstack/react-query';
import type { ItemInput } from '@wfaib/sdk/items';
import { useState } from 'react';
import { get, messageOf } from '../../api/client.js';
import type { ItemPage } from '../../api/types.js';
import { CodeEditor } from '../../shared/code/code-editor.js';
import { Button } from '../../shared/components/button.js';
import { Dialog } from '../../shared/components/dialog.js';
import { Loading, LoadError } from '../../shared/components/page.js';
import { readItems, textOfItems } from '../../shared/data/typed-items.js';
import { retryRun } from './api/retry-run.js';
import { formatNumber } from '../../shared/format/count.js';
import { t } from '../../shared/i18n/i18n.js';

/** A visit whose input is edited; what a run was started with is the output of its trigger. */
export interface StepToEdit {
  id: string;
  nodeId: string;
  name: string;
  isTrigger: boolean;
}

interface EditAndRunDialogProps {
  runId: string;
  visit: StepToEdit;
  /** The event to go on after. @defaultValue the last one */
  at?: number | undefined;
  onClose(): void;
  onStarted(runId: string): void;
}

/** Most items that can be edited by hand. */
const most = 500;

/** The input of a step as text; what is made of it becomes the input of the same step in a new run. */
export function EditAndRunDialog({ runId, visit, at, onClose, onStarted }: EditAndRunDialogProps) {
  const { isTrigger } = visit;
  const place = at === undefined ? { from: visit.nodeId } : { step: visit.id, at };
  const items = useQuery({
    queryKey: ['items-to-edit', runId, visit.id],
    queryFn: () =>
      get<ItemPage>(`/api/runs/${runId}/steps/${visit.id}/items`, {
        query: { side: isTrigger ? 'output' : 'input', limit: most },
      }),
  });
  const [edited, setEdited] = useState<string>();
  const text = edited ?? textOfItems(items.data?.items ?? []);
  const read = readItems(text);
  const problem = 'problem' in read ? read.problem : undefined;
  const start = useMutation({
    mutationFn: (given: ItemInput[]) => retryRun(runId, { ...(isTrigger ? {} : place), items: given }),
    onSuccess: onStarted,
  });
  const isCut = (items.data?.total ?? 0) > most;
  return (
    <Dialog
      open
      onClose={onClose}
      width={720}
      title={isTrigger ? t('runs.edit.startTitle') : t('runs.edit.title', { name: visit.name })}
      description={t('runs.edit.intro')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            disabled={!items.data || isCut || start.isPending || problem !== undefined}
            onClick={() => 'items' in read && start.mutate(read.items)}
          >
            {t('runs.edit.start')}
          </Button>
        </>
      }
    >
      {items.isPending && <Loading />}
      {items.isError && <LoadError error={items.error} />}
      {isCut && <p role="alert">{t('runs.edit.tooMany', { total: formatNumber(items.data?.total ?? 0), most })}</p>}
      {items.data && !isCut && (
        <CodeEditor
          label={t('data.asJson')}
          language="json"
          value={text}
          minHeight={280}
          invalid={problem !== undefined}
          onChange={setEdited}
        />
      )}
      <p role="status" className="mt-1 text-12 text-failed">
        {problem}
      </p>
      {start.isError && (
        <p role="alert" className="mt-2 text-13 text-failed">
          {messageOf(start.error)}
        </p>
      )}
    </Dialog>
  );
}
