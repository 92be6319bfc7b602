import { useQuery } from '@tanstack/react-query';
import type { ItemInput } from '@wfaib/sdk/items';
import { lazy, Suspense, useState } from 'react';
import { Button } from '../../../shared/components/button.js';
import { Dialog } from '../../../shared/components/dialog.js';
import { readItems, textOfItems } from '../../../shared/data/typed-items.js';
import { readStored, writeStored } from '../../../shared/hooks/use-stored.js';
import { useDocument, useEditorStore } from '../editor-store.js';
import { lastEvent } from './step-input.js';
import { t } from '../../../shared/i18n/i18n.js';

const CodeEditor = lazy(() =>
  import('../../../shared/code/code-editor.js').then((module) => ({ default: module.CodeEditor })),
);

const sample = '{\n  "body": {}\n}';

interface TestInputDialogProps {
  triggerId: string;
  onStart(triggerId: string, input: ItemInput[]): void;
  onClose(): void;
}

/** Data by hand instead of a real event. */
export function TestInputDialog({ triggerId, onStart, onClose }: TestInputDialogProps) {
  const name = `test-input.${useEditorStore().getState().workflowId}.${triggerId}`;
  const [typed, setTyped] = useState<string>();
  const first = useFirstText(name, triggerId);
  const text = typed ?? first;
  const read = text === undefined ? undefined : readItems(text);
  const problem = read && 'problem' in read ? read.problem : undefined;
  const start = () => {
    if (!read || !('items' in read)) return;
    writeStored(name, text);
    onStart(triggerId, read.items);
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('editor.testInput.title')}
      description={t('editor.testInput.text')}
      width={560}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" disabled={!read || problem !== undefined} onClick={start}>
            {t('editor.testInput.start')}
          </Button>
        </>
      }
    >
      <Suspense fallback={<div className="field-input h-48" />}>
        {text !== undefined && (
          <CodeEditor
            label={t('editor.testInput.data')}
            language="json"
            value={text}
            onChange={setTyped}
            invalid={problem !== undefined}
            minHeight={200}
          />
        )}
      </Suspense>
      <p role="status" className="mt-1 text-12 text-failed">
        {problem}
      </p>
    </Dialog>
  );
}

/** What the person gave last in this browser, else what is pinned, else what came in the newest test. */
function useFirstText(name: string, triggerId: string): string | undefined {
  const { workflowId } = useEditorStore().getState();
  const trigger = useDocument().nodes.find(({ id }) => id === triggerId);
  const [given] = useState(() => readStored<string | undefined>(name, undefined));
  const known = given ?? (trigger?.pinned && textOfItems(trigger.pinned as ItemInput[]));
  const newest = useQuery({
    queryKey: ['test-event', workflowId, triggerId],
    enabled: known === undefined,
    gcTime: 0,
    queryFn: async () => (await lastEvent(workflowId, triggerId, 'test')) ?? [],
  });
  if (known !== undefined || newest.isPending) return known;
  return newest.data && newest.data.length > 0 ? textOfItems(newest.data) : sample;
}
