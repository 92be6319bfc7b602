import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get, messageOf } from '../../api/client.js';
import type { ItemPage } from '../../api/types.js';
import { CodeEditor } from '../../shared/code/code-editor.js';
import { Button } from '../../shared/components/button.js';
import { Dialog } from '../../shared/components/dialog.js';
import { Loading, LoadError } from '../../shared/components/page.js';
import { retryRun } from './api/retry-run.js';
import { formatNumber } from '../../shared/format/count.js';
import { t } from '../../shared/i18n/i18n.js';
import { toldMessage } from '../../shared/i18n/server-texts.js';

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
  const text = edited ?? JSON.stringify(items.data?.items.map(({ json }) => json) ?? [], null, 2);
  const start = useMutation({
    mutationFn: () => retryRun(runId, { ...(isTrigger ? {} : place), items: itemsOf(text) }),
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
          <Button variant="primary" disabled={!items.data || isCut || start.isPending} onClick={() => start.mutate()}>
            {t('runs.edit.start')}
          </Button>
        </>
      }
    >
      {items.isPending && <Loading />}
      {items.isError && <LoadError error={items.error} />}
      {isCut && <p role="alert">{t('runs.edit.tooMany', { total: formatNumber(items.data?.total ?? 0), most })}</p>}
      {items.data && !isCut && (
        <CodeEditor label={t('data.asJson')} language="json" value={text} minHeight={280} onChange={setEdited} />
      )}
      {start.isError && (
        <p role="alert" className="mt-2 text-13 text-failed">
          {messageOf(start.error)}
        </p>
      )}
    </Dialog>
  );
}

function itemsOf(text: string): { json: unknown }[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new Error(t('runs.edit.noJson', { error: toldMessage(messageOf(error)) }), { cause: error });
  }
  const list = Array.isArray(parsed) ? (parsed as unknown[]) : [parsed];
  const odd = list.findIndex((json) => typeof json !== 'object' || json === null || Array.isArray(json));
  if (odd >= 0) throw new Error(t('runs.edit.noObject', { index: odd }));
  return list.map((json) => ({ json }));
}
