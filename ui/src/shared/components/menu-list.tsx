import { Menu as Base } from '@base-ui/react/menu';
import type { MenuEntry, MenuProps } from './menu.js';
import { shownKeys } from '../i18n/shown-keys.js';

export function MenuList({ trigger, entries, side = 'bottom', align = 'end', header }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={4} className="z-50">
          <Base.Popup className="wf-rise min-w-48 rounded-card bg-surface p-1 text-13 shadow-overlay outline-none">
            {header && <div className="px-2 py-1.5 text-12 text-muted">{header}</div>}
            {entries.map((entry) => (
              <MenuRow key={entry.label} entry={entry} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export function MenuRow({ entry }: { entry: MenuEntry }) {
  return (
    <>
      {entry.separated && <Base.Separator className="my-1 h-px bg-line" />}
      <Base.Item
        disabled={entry.disabled ?? false}
        onClick={entry.onSelect}
        className={`wf-touch-row flex h-8 cursor-default items-center gap-2 rounded-md px-2 outline-none select-none data-[disabled]:opacity-40 data-[highlighted]:bg-subtle ${entry.danger ? 'text-failed' : ''}`}
      >
        {entry.icon && <span className="text-muted">{entry.icon}</span>}
        <span className="flex-1">{entry.label}</span>
        {entry.keys && <kbd className="pl-4 font-sans text-11 text-faint">{shownKeys(entry.keys)}</kbd>}
      </Base.Item>
    </>
  );
}
