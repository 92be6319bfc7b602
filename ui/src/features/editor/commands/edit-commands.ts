import { tidyUp } from '../canvas/tidy-up.js';
import type { Command } from './command.js';
import { questions } from './command-context.js';
import type { CommandContext } from './command-context.js';
import { selectionCommands } from './selection-commands.js';
import { t } from '../../../shared/i18n/i18n.js';

/** Taking back, deleting, arranging. */
export function editCommands(context: CommandContext): Command[] {
  const { store, openMenu } = context;
  const { state, some } = questions(context);
  const selection = selectionCommands(store);
  return [
    {
      id: 'duplicate',
      changes: true,
      label: t('editor.duplicate'),
      section: 'Edit',
      keys: 'Ctrl+D',
      menu: 'step',
      isOn: some,
      run: selection.duplicate,
    },
    {
      id: 'all',
      label: t('editor.selectAll'),
      section: 'Edit',
      keys: 'Ctrl+A',
      menu: 'canvas',
      run: selection.selectAll,
    },
    {
      id: 'undo',
      changes: true,
      label: t('editor.undo'),
      section: 'Edit',
      keys: 'Ctrl+Z',
      menu: 'canvas',
      run: () => state().undo(),
    },
    {
      id: 'redo',
      changes: true,
      label: t('editor.redo'),
      section: 'Edit',
      keys: 'Ctrl+Shift+Z, Ctrl+Y',
      menu: 'canvas',
      run: () => state().redo(),
    },
    {
      id: 'escape',
      label: t('editor.closePanel'),
      section: 'Edit',
      keys: 'Esc',
      run: () => state().closeInnermost(),
    },
    {
      id: 'tidy',
      changes: true,
      label: t('editor.tidyUp'),
      section: 'Edit',
      keys: 'Shift+Alt+T',
      menu: 'both',
      run: () => void tidyUp(store),
    },
    {
      id: 'menu',
      label: t('editor.menuOfSelection'),
      section: 'Edit',
      keys: 'Shift+F10, ContextMenu',
      heard: 'canvas',
      run: () => openMenu(placeOfSelection()),
    },
    {
      id: 'reconnect',
      changes: true,
      label: t('editor.deleteReconnect'),
      section: 'Edit',
      keys: 'Ctrl+Backspace',
      menu: 'step',
      danger: true,
      isOn: some,
      run: () => removing(selection.removeAndReconnect),
    },
    {
      id: 'delete',
      changes: true,
      label: t('common.delete'),
      section: 'Edit',
      keys: 'Delete, Backspace',
      heard: 'canvas',
      menu: 'step',
      danger: true,
      run: () => removing(selection.remove),
    },
  ];
}

/** The card that had the focus is gone afterwards: the canvas takes it, so that the next key is heard. */
function removing(remove: () => void): void {
  remove();
  document.querySelector<HTMLElement>('[data-canvas]')?.focus({ preventScroll: true });
}

function placeOfSelection(): { x: number; y: number } {
  const card = document.querySelector('[data-step][tabindex="0"], [data-canvas]')?.getBoundingClientRect();
  return { x: (card?.left ?? 0) + 40, y: (card?.top ?? 0) + 40 };
}
