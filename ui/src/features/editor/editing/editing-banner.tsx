import { Eye, Hand } from 'lucide-react';
import { Button } from '../../../shared/components/button.js';
import { formatInstant } from '../../../shared/format/time.js';
import { t } from '../../../shared/i18n/i18n.js';
import type { Editing, EditingWish } from '../api/editing.js';
import { useEditor } from '../editor-store.js';

/** Says who edits where that is not this tab, and who asks to where it is. */
export function EditingBanner({ editing, ask: askFor }: { editing: Editing; ask(want: EditingWish): Promise<void> }) {
  const kept = useEditor((state) => state.copies[0]?.at);
  const ask = (want: EditingWish) => () => void askFor(want);
  const name = (editing.mine ? editing.asked?.name : editing.holder.name) ?? t('editing.somebody');
  return (
    <div
      role="status"
      className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-accent-soft px-4 py-1.5 text-13"
    >
      {editing.mine ? (
        <>
          <Hand size={15} aria-hidden className="text-accent" />
          <span className="min-w-0 flex-1">{t('editing.asks', { name })}</span>
          <Button dense onClick={ask('keep')}>
            {t('editing.keep')}
          </Button>
          <Button dense variant="primary" onClick={ask('give')}>
            {t('editing.give')}
          </Button>
        </>
      ) : (
        <>
          <Eye size={15} aria-hidden className="text-accent" />
          <span className="min-w-0 flex-1">
            {editing.holder.you ? t('editing.otherTab') : t('editing.other', { name })}{' '}
            <span className="text-muted">{editing.asked?.you ? t('editing.asked') : t('editing.watching')}</span>{' '}
            {kept !== undefined && t('editing.copy', { time: formatInstant(kept) })}
          </span>
          {editing.mayTake ? (
            <Button dense variant="primary" onClick={ask('take')}>
              {t('editing.take')}
            </Button>
          ) : (
            <Button dense disabled={editing.asked !== null} onClick={ask('ask')}>
              {t('editing.ask')}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
