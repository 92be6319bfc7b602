import { animation } from '../canvas/use-selection-in-view.js';
import { runOrder } from '../graph/run-order.js';
import type { Command } from './command.js';
import { questions } from './command-context.js';
import type { CommandContext } from './command-context.js';
import { t } from '../../../shared/i18n/i18n.js';

/** What is looked at, and how. */
export function viewCommands(context: CommandContext): Command[] {
  const { store, flow, targets } = context;
  const { state, some, layer } = questions(context);
  const duration = animation();
  return [
    {
      id: 'palette',
      label: t('editor.commands'),
      section: 'View',
      keys: 'Ctrl+K',
      heard: 'everywhere',
      run: layer('palette'),
    },
    { id: 'find', label: t('editor.find.title'), section: 'View', keys: 'Ctrl+F', menu: 'canvas', run: layer('find') },
    {
      id: 'outline',
      label: t('editor.outlineOrCanvas'),
      section: 'View',
      keys: 'O',
      heard: 'canvas',
      run: () => state().set({ view: state().view === 'outline' ? 'canvas' : 'outline' }),
    },
    {
      id: 'data',
      label: t('editor.toggleData'),
      section: 'View',
      keys: 'Ctrl+J',
      heard: 'everywhere',
      run: targets.toggleData,
    },
    {
      id: 'pointer',
      label: t('editor.pointer'),
      section: 'View',
      keys: 'V',
      heard: 'canvas',
      run: () => state().set({ tool: 'pointer' }),
    },
    {
      id: 'hand',
      label: t('editor.hand'),
      section: 'View',
      keys: 'H',
      heard: 'canvas',
      run: () => state().set({ tool: 'hand' }),
    },
    {
      id: 'minimap',
      label: t('editor.map'),
      section: 'View',
      keys: 'M',
      heard: 'canvas',
      run: () => state().set({ minimap: !state().minimap }),
    },
    {
      id: 'zoomIn',
      label: t('editor.zoomIn'),
      section: 'View',
      keys: '+',
      heard: 'canvas',
      run: () => void flow.zoomIn({ duration }),
    },
    {
      id: 'zoomOut',
      label: t('editor.zoomOut'),
      section: 'View',
      keys: '-',
      heard: 'canvas',
      run: () => void flow.zoomOut({ duration }),
    },
    {
      id: 'zoom100',
      label: t('editor.zoomReset'),
      section: 'View',
      keys: '0',
      heard: 'canvas',
      run: () => void flow.zoomTo(1, { duration }),
    },
    {
      id: 'fit',
      label: t('editor.showAll'),
      section: 'View',
      keys: '1',
      heard: 'canvas',
      menu: 'canvas',
      run: () => void flow.fitView({ duration, maxZoom: 1, padding: 0.15 }),
    },
    {
      id: 'fitSelection',
      label: t('editor.showSelection'),
      section: 'View',
      keys: '2',
      heard: 'canvas',
      isOn: some,
      run: () => void flow.fitView({ duration, maxZoom: 1, nodes: state().selection.nodes.map((id) => ({ id })) }),
    },
    { id: 'previous', label: t('editor.previousOfRun'), section: 'View', keys: '[', run: () => walk(store, -1) },
    { id: 'next', label: t('editor.nextOfRun'), section: 'View', keys: ']', run: () => walk(store, 1) },
    { id: 'keys', label: t('editor.keys.all'), section: 'View', keys: '?', run: layer('keys') },
  ];
}

function walk(store: CommandContext['store'], by: number): void {
  const { history, selection, select } = store.getState();
  const order = runOrder(history.document);
  if (order.length === 0) return;
  const at = order.indexOf(selection.nodes.at(-1) ?? '');
  const next = order[at === -1 ? 0 : (at + by + order.length) % order.length];
  if (next) select({ nodes: [next] });
}
