import { Dialog } from '../../../shared/components/dialog.js';
import { Switch } from '../../../shared/components/switch.js';
import { useStored } from '../../../shared/hooks/use-stored.js';
import type { Command } from './command.js';
import { letterKeysName } from './use-shortcuts.js';

/** Keys that are no commands: they walk, and the pages listen to some of them. */
const walking: Row[] = [
  { keys: '← → ↑ ↓', label: 'Go to the step before, after, beside' },
  { keys: 'Shift+← →', label: 'Select everything before, after' },
  { keys: 'Alt+← → ↑ ↓', label: 'Move the selection by 16 px' },
  { keys: 'Ctrl+C, X, V', label: 'Copy, cut, paste' },
  { keys: 'Ctrl+click', label: 'On a reference in an expression: go to its step' },
  { keys: 'Space+drag', label: 'Move the canvas' },
  { keys: 'Ctrl+Space', label: 'In a field: choose a value from the data' },
  { keys: 'G, then W R C S', label: 'Go to workflows, runs, credentials, settings' },
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
    <Dialog open={open} onClose={onClose} title="Keys" width={760}>
      <div className="mb-3 flex items-center gap-2 text-13">
        <Switch label="Single letters are keys" checked={letters} onChange={setLetters} />
        <span aria-hidden>Single letters are keys</span>
        <span className="text-12 text-muted">Off helps people who dictate.</span>
      </div>
      <dl className="grid grid-cols-1 gap-x-8 sm:grid-cols-2">
        {[...rows, ...walking].map(({ keys, label }) => (
          <div key={label} className="flex items-baseline justify-between gap-4 border-b border-line py-1.5">
            <dt className="text-muted">{label}</dt>
            <dd>
              <kbd className="rounded border border-line bg-subtle px-1.5 py-0.5 font-mono text-11 whitespace-nowrap">
                {keys}
              </kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
