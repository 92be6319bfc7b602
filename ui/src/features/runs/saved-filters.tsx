import { Bookmark, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../shared/components/button.js';
import { Dialog } from '../../shared/components/dialog.js';
import { useStored } from '../../shared/hooks/use-stored.js';
import { t } from '../../shared/i18n/i18n.js';
import type { RunFilters } from './api/use-runs.js';
import { sameFilters, withFilter } from './model/saved-filters.js';
import type { SavedFilter } from './model/saved-filters.js';

interface SavedFiltersProps {
  /** Whose they are; this browser keeps them for each person. */
  userId: string;
  filters: RunFilters;
  onChoose(filters: RunFilters): void;
}

/** Filters that were given a name: one click shows them again. */
export function SavedFilters({ userId, filters, onChoose }: SavedFiltersProps) {
  const [saved, setSaved] = useStored<SavedFilter[]>(`run-filters.${userId}`, []);
  const [isNaming, setIsNaming] = useState(false);
  const current = saved.find((one) => sameFilters(one.filters, filters));
  const canSave = Object.keys(filters).length > 0 && current === undefined;
  if (saved.length === 0 && !canSave) return null;
  return (
    <div role="group" aria-label={t('runs.saved')} className="mb-3 flex flex-wrap items-center gap-2 text-12">
      {saved.map((one) => (
        <span
          key={one.name}
          className={`inline-flex h-7 items-center rounded-full border pr-1 pl-3 ${one === current ? 'border-accent bg-accent-soft text-ink' : 'border-line bg-surface text-muted'}`}
        >
          <button
            type="button"
            aria-pressed={one === current}
            className="font-medium hover:text-ink"
            onClick={() => onChoose(one === current ? {} : one.filters)}
          >
            {one.name}
          </button>
          <button
            type="button"
            aria-label={t('runs.saved.forget', { name: one.name })}
            className="ml-1 inline-flex size-5 items-center justify-center rounded-full hover:bg-subtle hover:text-ink"
            onClick={() => setSaved(saved.filter(({ name }) => name !== one.name))}
          >
            <X size={12} aria-hidden />
          </button>
        </span>
      ))}
      {canSave && (
        <Button dense variant="quiet" icon={<Bookmark size={13} />} onClick={() => setIsNaming(true)}>
          {t('runs.saved.save')}
        </Button>
      )}
      {isNaming && (
        <NameDialog
          onClose={() => setIsNaming(false)}
          onName={(name) => {
            setSaved(withFilter(saved, { name, filters }));
            setIsNaming(false);
          }}
        />
      )}
    </div>
  );
}

function NameDialog({ onClose, onName }: { onClose(): void; onName(name: string): void }) {
  const [name, setName] = useState('');
  const trimmed = name.trim();
  return (
    <Dialog
      open
      onClose={onClose}
      width={420}
      title={t('runs.saved.title')}
      description={t('runs.saved.intro')}
      footer={
        <>
          <Button onClick={onClose}>{t('retry.cancel')}</Button>
          <Button variant="primary" disabled={trimmed === ''} onClick={() => onName(trimmed)}>
            {t('runs.saved.action')}
          </Button>
        </>
      }
    >
      <input
        aria-label={t('runs.saved.name')}
        placeholder={t('runs.saved.name')}
        className="field-input"
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && trimmed !== '' && onName(trimmed)}
      />
    </Dialog>
  );
}
