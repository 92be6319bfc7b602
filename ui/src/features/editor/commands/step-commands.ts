import { newId } from '../../../shared/hooks/new-id.js';
import type { Command } from './command.js';
import { middleOfWindow, questions } from './command-context.js';
import type { CommandContext } from './command-context.js';
import { selectionCommands } from './selection-commands.js';
import { t } from '../../../shared/i18n/i18n.js';

/** Adding, connecting and changing steps. */
export function stepCommands(context: CommandContext): Command[] {
  const { store, flow, openPicker, placement, targets } = context;
  const { state, one, isOne, some, layer } = questions(context);
  const selection = selectionCommands(store);
  return [
    {
      id: 'add',
      changes: true,
      label: t('editor.addStep'),
      section: 'Steps',
      keys: 'N',
      heard: 'canvas',
      menu: 'canvas',
      run: () => openPicker({ placement: placement(), at: middleOfWindow() }),
    },
    {
      id: 'open',
      label: t('editor.openStep'),
      section: 'Steps',
      keys: 'Enter',
      menu: 'step',
      isOn: isOne,
      run: () => openPanel(store),
    },
    {
      id: 'focus',
      label: t('editor.focus'),
      section: 'Steps',
      keys: 'Ctrl+Shift+F',
      heard: 'everywhere',
      menu: 'step',
      isOn: isOne,
      run: () => state().set({ focusMode: !state().focusMode, panelOpen: true }),
    },
    {
      id: 'rename',
      changes: true,
      label: t('editor.rename'),
      section: 'Steps',
      keys: 'F2',
      menu: 'step',
      isOn: isOne,
      run: () => state().set({ renaming: one(), panelOpen: true }),
    },
    {
      id: 'connect',
      changes: true,
      label: t('editor.connectTo'),
      section: 'Steps',
      keys: 'C',
      heard: 'canvas',
      menu: 'step',
      isOn: isOne,
      run: layer('connect'),
    },
    {
      id: 'replace',
      changes: true,
      label: t('editor.replaceWith'),
      section: 'Steps',
      keys: 'R',
      heard: 'canvas',
      menu: 'step',
      isOn: isOne,
      run: () => openPicker({ placement: { kind: 'replace', node: one() ?? '' }, at: middleOfWindow() }),
    },
    {
      id: 'disable',
      changes: true,
      label: t('editor.toggleStep'),
      section: 'Steps',
      keys: 'D',
      heard: 'canvas',
      menu: 'step',
      isOn: some,
      run: selection.toggleDisabled,
    },
    {
      id: 'pin',
      changes: true,
      label: t('editor.togglePin'),
      section: 'Steps',
      keys: 'P',
      heard: 'canvas',
      menu: 'step',
      isOn: isOne,
      run: targets.togglePin,
    },
    {
      id: 'group',
      changes: true,
      label: t('editor.groupSelection'),
      section: 'Steps',
      keys: 'Ctrl+G',
      menu: 'step',
      isOn: some,
      run: () => selection.group(newId()),
    },
    {
      id: 'ungroup',
      changes: true,
      label: t('editor.ungroup'),
      section: 'Steps',
      keys: 'Ctrl+Shift+G',
      menu: 'step',
      isOn: selection.isGrouped,
      run: selection.ungroup,
    },
    {
      id: 'extract',
      changes: true,
      label: t('editor.extract'),
      section: 'Steps',
      keys: 'Alt+X',
      menu: 'step',
      isOn: some,
      run: targets.extract,
    },
    {
      id: 'openCalled',
      label: t('editor.openCalled'),
      section: 'Steps',
      keys: 'Ctrl+Shift+O',
      menu: 'step',
      isOn: () => calledBy(store, one()) !== undefined,
      run: () => targets.openWorkflow(calledBy(store, one()) ?? ''),
    },
    {
      id: 'note',
      changes: true,
      label: t('editor.addANote'),
      section: 'Steps',
      keys: 'Shift+S',
      heard: 'canvas',
      menu: 'canvas',
      run: () => {
        const at = placement();
        const { x, y } = flow.screenToFlowPosition(middleOfWindow());
        selection.note(newId(), at.kind === 'at' ? at.position : [Math.round(x), Math.round(y)]);
      },
    },
  ];
}

/** The workflow that a step calls, where it is fixed. */
function calledBy(store: CommandContext['store'], id: string | undefined): string | undefined {
  const node = store.getState().history.document.nodes.find((candidate) => candidate.id === id);
  const called = node?.type === 'core.call' ? node.parameters['workflowId'] : undefined;
  return typeof called === 'string' && called !== '' && !called.startsWith('=') ? called : undefined;
}

/** Opens the panel and goes to its first field: at once where it is there, so that no key is lost. */
function openPanel(store: CommandContext['store']): void {
  store.getState().set({ panelOpen: true });
  if (!focusFirstField()) requestAnimationFrame(focusFirstField);
}

function focusFirstField(): boolean {
  const field = document.querySelector<HTMLElement>(
    '[data-panel] [role="tabpanel"] :is(input, select, textarea, button, .cm-content)',
  );
  field?.focus();
  return field !== null;
}
