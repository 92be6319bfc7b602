import { useState } from 'react';
import { Button } from '../../shared/components/button.js';
import { Dialog } from '../../shared/components/dialog.js';
import { useLabels } from './api/organise.js';
import { t } from '../../shared/i18n/i18n.js';

interface LabelDialogProps {
  kind: 'folder' | 'tag';
  onClose(): void;
  onChoose(name: string): void;
}

/** Asks for the name of a folder or a tag, and offers those in use. */
export function LabelDialog({ kind, onClose, onChoose }: LabelDialogProps) {
  const [name, setName] = useState('');
  const labels = useLabels();
  const known = labels.data?.[kind === 'folder' ? 'folders' : 'tags'] ?? [];
  return (
    <Dialog open onClose={onClose} title={t(`workflows.${kind}.title`)} width={420}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onChoose(name.trim());
        }}
      >
        <label className="block text-13">
          {t(`workflows.${kind}.label`)}
          <input
            className="field-input mt-1"
            list="known-labels"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <datalist id="known-labels">
          {known.map((one) => (
            <option key={one.name} value={one.name} />
          ))}
        </datalist>
        <p className="mt-1 text-12 text-muted">{t(`workflows.${kind}.help`)}</p>
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit">
            {t(`workflows.${kind}.action`)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
