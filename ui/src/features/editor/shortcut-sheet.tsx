import { Dialog } from '../../shared/components/dialog.js';
import { shortcuts } from './shortcuts.js';

export function ShortcutSheet({ open, onClose }: { open: boolean; onClose(): void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Keys" width={680}>
      <dl className="grid grid-cols-1 gap-x-8 sm:grid-cols-2">
        {shortcuts.map(({ keys, does }) => (
          <div key={keys} className="flex items-baseline justify-between gap-4 border-b border-line py-1.5">
            <dt className="text-muted">{does}</dt>
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
