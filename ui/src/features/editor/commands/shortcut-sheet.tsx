import { Dialog } from '../../../shared/components/dialog.js';
import { Switch } from '../../../shared/components/switch.js';
import { useStored } from '../../../shared/hooks/use-stored.js';
import type { Command } from './command.js';
import { letterKeysName } from './use-shortcuts.js';
import { t } from '../../../shared/i18n/i18n.js';
import { shownKeys } from '../../../shared/i18n/shown-keys.js';

/** Keys that are no commands: they walk, and the pages listen to some of them. */
const walking = (): Row[] => [
  { keys: '← → ↑ ↓', label: t('editor.keys.walk.neighbours') },
  { keys: 'Shift+← →', label: t('editor.keys.walk.selectAlong') },
  { keys: 'Alt+← → ↑ ↓', label: t('editor.keys.walk.move') },
  { keys: 'Ctrl+C, X, V', label: t('editor.keys.walk.clipboard') },
  { keys: 'Ctrl+click', label: t('editor.keys.walk.reference') },
  { keys: 'Space+drag', label: t('editor.keys.walk.pan') },
  { keys: 'Ctrl+Space', label: t('editor.keys.walk.value') },
  { keys: 'G, then W R C S', label: t('editor.keys.walk.pages') },
];

interface Row {
  keys: string;
  label: string;
}

/** Every key of the editor, from the list of commands itself. */
export function ShortcutSheet({
  open,
  onClose,
  commands,
}: {
  open: boolean;
  onClose(): void;
  commands: readonly Command[];
}) {
  const [letters, setLetters] = useStored(letterKeysName, true);
  const rows = commands.filter((command): command is Command & { keys: string } => command.keys !== undefined);
  return (
    <Dialog open={open} onClose={onClose} title={t('editor.keys')} width={760}>
      <div className="mb-3 flex items-center gap-2 text-13">
        <Switch label={t('editor.keys.letters')} checked={letters} onChange={setLetters} />
        <span aria-hidden>{t('editor.keys.letters')}</span>
        <span className="text-12 text-muted">{t('editor.keys.lettersHint')}</span>
      </div>
      <dl className="grid grid-cols-1 gap-x-8 sm:grid-cols-2">
        {[...rows, ...walking()].map(({ keys, label }) => (
          <div key={label} className="flex items-baseline justify-between gap-4 border-b border-line py-1.5">
            <dt className="text-muted">{label}</dt>
            <dd>
              <kbd className="rounded border border-line bg-subtle px-1.5 py-0.5 font-mono text-11 whitespace-nowrap">
                {shownKeys(keys)}
              </kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
