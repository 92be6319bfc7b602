import { Menu as Base } from '@base-ui/react/menu';
import { useMemo } from 'react';
import { MenuRow } from '../../../shared/components/menu-list.js';
import { useEditor } from '../editor-store.js';
import { canRun } from './command.js';
import type { Command } from './command.js';
import { t } from '../../../shared/i18n/i18n.js';

interface ContextMenuProps {
  at: { x: number; y: number };
  commands: readonly Command[];
  onClose(): void;
}

/** What can be done with the selection, or with the canvas where nothing is selected. Every row shows its key. */
export function ContextMenu({ at, commands, onClose }: ContextMenuProps) {
  const { nodes, connections, notes } = useEditor((state) => state.selection);
  const place = nodes.length > 0 ? 'step' : 'canvas';
  const anchor = useMemo(
    () => ({ getBoundingClientRect: () => DOMRect.fromRect({ x: at.x, y: at.y, width: 0, height: 0 }) }),
    [at],
  );
  const rows = commands.filter((command) => {
    const only = connections.length + notes.length > 0 && nodes.length === 0;
    if (!canRun(command)) return false;
    if (only) return command.id === 'delete' || command.id === 'add';
    return command.menu === place || command.menu === 'both';
  });
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Positioner anchor={anchor} side="right" align="start" sideOffset={2} className="z-50">
          <Base.Popup
            aria-label={place === 'step' ? t('editor.theSelection') : t('editor.theCanvas')}
            className="wf-rise max-h-(--available-height) min-w-56 overflow-y-auto rounded-card bg-surface p-1 text-13 shadow-overlay outline-none"
          >
            {rows.map(({ id, label, keys, danger, run, section }, index) => (
              <MenuRow
                key={id}
                entry={{
                  label,
                  ...(keys ? { keys: keys.split(', ')[0] ?? keys } : {}),
                  danger: danger ?? false,
                  separated: index > 0 && rows[index - 1]?.section !== section,
                  onSelect: () => {
                    onClose();
                    // The menu gives the focus back first.
                    requestAnimationFrame(run);
                  },
                }}
              />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
