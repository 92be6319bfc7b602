import { useMutation } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { messageOf } from '../../api/client.js';
import { Button } from '../../shared/components/button.js';
import { Dialog } from '../../shared/components/dialog.js';
import { parseDocument } from '../../shared/documents/parse-document.js';
import { t } from '../../shared/i18n/i18n.js';
import { n8nDocument } from '../../shared/n8n/n8n-document.js';
import type { N8nImport } from '../../shared/n8n/read-n8n.js';
import { createWorkflow } from './api/create-workflow.js';

const ImportReport = lazy(() =>
  import('../../shared/n8n/import-report.js').then((module) => ({ default: module.ImportReport })),
);

interface ImportDialogProps {
  open: boolean;
  onClose(): void;
  onImported(id: string): void;
}

export function ImportDialog({ open, onClose, onImported }: ImportDialogProps) {
  const [text, setText] = useState('');
  const file = useRef<HTMLInputElement>(null);
  const [n8n, setN8n] = useState<N8nImport>();
  const importing = useMutation({
    mutationFn: async (confirmed?: N8nImport) => {
      if (confirmed) return createWorkflow(n8nDocument(confirmed));
      const { readN8n } = await import('../../shared/n8n/read-n8n.js');
      const read = readN8n(text);
      if (!read) return createWorkflow(parseDocument(text));
      setN8n(read);
      return undefined;
    },
    onError: () => setN8n(undefined),
    onSuccess: (workflow) => {
      if (!workflow) return;
      setText('');
      setN8n(undefined);
      onClose();
      onImported(workflow.id);
    },
  });
  const readFile = async (chosen: File | undefined) => {
    if (chosen) setText(await chosen.text());
  };
  if (n8n) {
    return (
      <Suspense fallback={null}>
        <ImportReport
          read={n8n}
          insert={t('workflows.import')}
          onInsert={() => importing.mutate(n8n)}
          onClose={() => setN8n(undefined)}
        />
      </Suspense>
    );
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('workflows.importTitle')}
      description={t('workflows.importText')}
      width={620}
      footer={
        <>
          <input
            ref={file}
            type="file"
            accept=".json,application/json"
            hidden
            onChange={(event) => void readFile(event.target.files?.[0])}
          />
          <Button icon={<FileUp size={15} />} onClick={() => file.current?.click()}>
            {t('workflows.chooseFile')}
          </Button>
          <div className="flex-1" />
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            disabled={text.trim() === '' || importing.isPending}
            onClick={() => importing.mutate(undefined)}
          >
            {t('workflows.import')}
          </Button>
        </>
      }
    >
      <textarea
        aria-label={t('workflows.document')}
        aria-invalid={importing.isError}
        value={text}
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          importing.reset();
        }}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          const dropped = event.dataTransfer.files[0];
          if (!dropped) return;
          event.preventDefault();
          void readFile(dropped);
        }}
        placeholder='{ "wfaib": 1, "name": "Order intake", "nodes": [ … ], "connections": [ … ] }'
        className="field-input h-72 resize-none font-mono text-12!"
      />
      {importing.isError && (
        <p role="alert" className="mt-2 text-13 text-failed">
          {messageOf(importing.error)}
        </p>
      )}
    </Dialog>
  );
}
