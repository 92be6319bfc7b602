import { useMutation } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { useRef, useState } from 'react';
import { messageOf } from '../../api/client.js';
import { Button } from '../../shared/components/button.js';
import { Dialog } from '../../shared/components/dialog.js';
import { parseDocument } from '../../shared/documents/parse-document.js';
import { createWorkflow } from './api/create-workflow.js';

interface ImportDialogProps {
  open: boolean;
  onClose(): void;
  onImported(id: string): void;
}

export function ImportDialog({ open, onClose, onImported }: ImportDialogProps) {
  const [text, setText] = useState('');
  const file = useRef<HTMLInputElement>(null);
  const importing = useMutation({
    mutationFn: () => createWorkflow(parseDocument(text)),
    onSuccess: (workflow) => {
      setText('');
      onClose();
      onImported(workflow.id);
    },
  });
  const readFile = async (chosen: File | undefined) => {
    if (chosen) setText(await chosen.text());
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Import a workflow"
      description="Paste a document, drop a file on the box, or choose one."
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
            Choose file
          </Button>
          <div className="flex-1" />
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={text.trim() === '' || importing.isPending}
            onClick={() => importing.mutate()}
          >
            Import
          </Button>
        </>
      }
    >
      <textarea
        aria-label="Document as JSON"
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
