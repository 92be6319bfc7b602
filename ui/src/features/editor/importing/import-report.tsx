import { Button } from '../../../shared/components/button.js';
import { Dialog } from '../../../shared/components/dialog.js';
import type { N8nImport } from './read-n8n.js';

interface ImportReportProps {
  read: N8nImport | undefined;
  onInsert(): void;
  onClose(): void;
}

/** What will come of pasted n8n steps, before anything changes. */
export function ImportReport({ read, onInsert, onClose }: ImportReportProps) {
  if (!read) return null;
  const { mapped, partial, unsupported } = read.report;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Paste steps from n8n"
      description="One undo takes all of it back. Credentials are never part of an export: choose them afterwards."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={onInsert}>
            Insert
          </Button>
        </>
      }
    >
      <Part title="Taken over" names={mapped} />
      <Part title="Taken over in part: look at them" names={partial} />
      <Part title="Not supported: kept with their JSON, and they stop publishing" names={unsupported} />
    </Dialog>
  );
}

function Part({ title, names }: { title: string; names: string[] }) {
  if (names.length === 0) return null;
  return (
    <section className="mb-3">
      <h3 className="text-12 font-medium text-muted">
        {title} ({names.length})
      </h3>
      <p className="text-13">{names.join(', ')}</p>
    </section>
  );
}
