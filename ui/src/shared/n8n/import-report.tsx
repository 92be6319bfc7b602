import { Button } from '../components/button.js';
import { Dialog } from '../components/dialog.js';
import type { N8nImport } from './read-n8n.js';
import { t } from '../i18n/i18n.js';

interface ImportReportProps {
  read: N8nImport | undefined;
  /** What the button does, and says. */
  onInsert(): void;
  insert: string;
  onClose(): void;
}

/** What will come of n8n steps, before anything changes. */
export function ImportReport({ read, insert, onInsert, onClose }: ImportReportProps) {
  if (!read) return null;
  const { mapped, partial, unsupported } = read.report;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('editor.n8n.title')}
      description={t('editor.n8n.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" onClick={onInsert}>
            {insert}
          </Button>
        </>
      }
    >
      <Part title={t('editor.n8n.taken')} names={mapped} />
      <Part title={t('editor.n8n.partly')} names={partial.map(({ name, todo }) => `${name}: ${todo}`)} oneALine />
      <Part title={t('editor.n8n.unsupported')} names={unsupported} />
    </Dialog>
  );
}

function Part({ title, names, oneALine = false }: { title: string; names: string[]; oneALine?: boolean }) {
  if (names.length === 0) return null;
  return (
    <section className="mb-3">
      <h3 className="text-12 font-medium text-muted">
        {title} ({names.length})
      </h3>
      <p className="text-13 whitespace-pre-line">{names.join(oneALine ? '\n' : ', ')}</p>
    </section>
  );
}
