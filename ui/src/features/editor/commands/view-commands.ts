import { animation } from '../canvas/use-selection-in-view.js';
import { runOrder } from '../graph/run-order.js';
import type { Command } from './command.js';
import { questions } from './command-context.js';
import type { CommandContext } from './command-context.js';

/** What is looked at, and how. */
export function viewCommands(context: CommandContext): Command[] {
  const { store, flow, targets } = context;
  const { state, some, layer } = questions(context);
  const duration = animation();
  return [
    { id: 'palette', label: 'Commands', section: 'View', keys: 'Ctrl+K', heard: 'everywhere', run: layer('palette') },
    { id: 'find', label: 'Find in workflow', section: 'View', keys: 'Ctrl+F', menu: 'canvas', run: layer('find') },
    {
      id: 'outline',
      label: 'Outline or canvas',
      section: 'View',
      keys: 'O',
      heard: 'canvas',
      run: () => state().set({ view: state().view === 'outline' ? 'canvas' : 'outline' }),
    },
    {
      id: 'data',
      label: 'Show or hide the data',
      section: 'View',
      keys: 'Ctrl+J',
      heard: 'everywhere',
      run: targets.toggleData,
    },
    {
      id: 'pointer',
      label: 'Pointer: drag selects',
      section: 'View',
      keys: 'V',
      heard: 'canvas',
      run: () => state().set({ tool: 'pointer' }),
    },
    {
      id: 'hand',
      label: 'Hand: drag moves the canvas',
      section: 'View',
      keys: 'H',
      heard: 'canvas',
      run: () => state().set({ tool: 'hand' }),
    },
    {
      id: 'minimap',
      label: 'Map',
      section: 'View',
      keys: 'M',
      heard: 'canvas',
      run: () => state().set({ minimap: !state().minimap }),
    },
    {
      id: 'zoomIn',
      label: 'Zoom in',
      section: 'View',
      keys: '+',
      heard: 'canvas',
      run: () => void flow.zoomIn({ duration }),
    },
    {
      id: 'zoomOut',
      label: 'Zoom out',
      section: 'View',
      keys: '-',
      heard: 'canvas',
      run: () => void flow.zoomOut({ duration }),
    },
    {
      id: 'zoom100',
      label: 'Zoom to 100 %',
      section: 'View',
      keys: '0',
      heard: 'canvas',
      run: () => void flow.zoomTo(1, { duration }),
    },
    {
      id: 'fit',
      label: 'Show all',
      section: 'View',
      keys: '1',
      heard: 'canvas',
      menu: 'canvas',
      run: () => void flow.fitView({ duration, maxZoom: 1, padding: 0.15 }),
    },
    {
      id: 'fitSelection',
      label: 'Show the selection',
      section: 'View',
      keys: '2',
      heard: 'canvas',
      isOn: some,
      run: () => void flow.fitView({ duration, maxZoom: 1, nodes: state().selection.nodes.map((id) => ({ id })) }),
    },
    { id: 'previous', label: 'Previous step of a run', section: 'View', keys: '[', run: () => walk(store, -1) },
    { id: 'next', label: 'Next step of a run', section: 'View', keys: ']', run: () => walk(store, 1) },
    { id: 'keys', label: 'All keys', section: 'View', keys: '?', run: layer('keys') },
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
