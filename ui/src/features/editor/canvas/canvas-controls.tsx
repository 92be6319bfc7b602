import { Panel, useReactFlow, useStore } from '@xyflow/react';
import {
  Hand,
  ListTree,
  Map as MapIcon,
  Maximize,
  Minus,
  MousePointer2,
  Plus,
  Redo2,
  Search,
  Sparkles,
  StickyNote,
  Undo2,
} from 'lucide-react';
import { IconButton } from '../../../shared/components/button.js';
import { newId } from '../../../shared/hooks/new-id.js';
import { selectionCommands } from '../commands/selection-commands.js';
import { useEditor, useEditorStore } from '../editor-store.js';
import { useCanvasLocked } from './use-canvas-locked.js';
import { useCanvasActions } from './canvas-actions.js';
import { tidyUp } from './tidy-up.js';
import { animation } from './use-selection-in-view.js';
import { usePlacement } from './use-placement.js';
import { t } from '../../../shared/i18n/i18n.js';

export function CanvasControls() {
  const flow = useReactFlow();
  const store = useEditorStore();
  const { openPicker } = useCanvasActions();
  const placement = usePlacement();
  const locked = useCanvasLocked();
  const tool = useEditor((state) => state.tool);
  const minimap = useEditor((state) => state.minimap);
  const steps = useEditor((state) => state.history.document.nodes.length);
  const zoom = useStore((state) => Math.round(state.transform[2] * 100));
  const canUndo = useEditor((state) => state.history.past.at(-1)?.label);
  const canRedo = useEditor((state) => state.history.future[0]?.label);
  const addNote = () => {
    const at = placement();
    const { x, y } = flow.screenToFlowPosition({ x: window.innerWidth / 2 - 120, y: window.innerHeight / 4 });
    selectionCommands(store).note(newId(), at.kind === 'at' ? at.position : [Math.round(x), Math.round(y)]);
  };
  return (
    <Panel
      position="bottom-left"
      className="m-3! flex max-w-[calc(100%-24px)] flex-wrap items-center gap-0.5 rounded-card border border-line bg-surface p-0.5"
    >
      <IconButton
        label={t('editor.addStep')}
        keys="N"
        disabled={locked}
        onClick={(event) => openPicker({ placement: placement(), at: { x: event.clientX, y: event.clientY } })}
      >
        <Plus size={16} />
      </IconButton>
      <IconButton label={t('editor.addNote')} keys="Shift+S" disabled={locked} onClick={addNote}>
        <StickyNote size={15} />
      </IconButton>
      <IconButton label={t('editor.tidyUp')} keys="Shift+Alt+T" disabled={locked} onClick={() => void tidyUp(store)}>
        <Sparkles size={15} />
      </IconButton>
      <IconButton label={t('editor.find.title')} keys="Ctrl+F" onClick={() => store.getState().set({ layer: 'find' })}>
        <Search size={15} />
      </IconButton>
      <IconButton label={t('editor.outline')} keys="O" onClick={() => store.getState().set({ view: 'outline' })}>
        <ListTree size={15} />
      </IconButton>
      <Rule />
      <IconButton
        label={t('editor.pointer')}
        keys="V"
        pressed={tool === 'pointer'}
        onClick={() => store.getState().set({ tool: 'pointer' })}
      >
        <MousePointer2 size={14} />
      </IconButton>
      <IconButton
        label={t('editor.hand')}
        keys="H"
        pressed={tool === 'hand'}
        onClick={() => store.getState().set({ tool: 'hand' })}
      >
        <Hand size={14} />
      </IconButton>
      <Rule />
      <IconButton
        label={canUndo ? t('editor.undoOf', { what: canUndo }) : t('editor.undo')}
        keys="Ctrl+Z"
        disabled={locked || !canUndo}
        onClick={() => store.getState().undo()}
      >
        <Undo2 size={15} />
      </IconButton>
      <IconButton
        label={canRedo ? t('editor.redoOf', { what: canRedo }) : t('editor.redo')}
        keys="Ctrl+Shift+Z"
        disabled={locked || !canRedo}
        onClick={() => store.getState().redo()}
      >
        <Redo2 size={15} />
      </IconButton>
      <Rule />
      <IconButton label={t('editor.zoomOut')} keys="-" onClick={() => void flow.zoomOut({ duration: animation() })}>
        <Minus size={15} />
      </IconButton>
      <button
        type="button"
        title="100 % (0)"
        onClick={() => void flow.zoomTo(1, { duration: animation() })}
        className="h-7 w-11 rounded-md text-12 text-muted hover:bg-subtle hover:text-ink"
      >
        {zoom}%
      </button>
      <IconButton label={t('editor.zoomIn')} keys="+" onClick={() => void flow.zoomIn({ duration: animation() })}>
        <Plus size={15} />
      </IconButton>
      <IconButton
        label={t('editor.showAll')}
        keys="1"
        onClick={() => void flow.fitView({ duration: animation(), maxZoom: 1, padding: 0.15 })}
      >
        <Maximize size={14} />
      </IconButton>
      {steps >= 20 && (
        <IconButton
          label={t('editor.map')}
          keys="M"
          pressed={minimap}
          onClick={() => store.getState().set({ minimap: !minimap })}
        >
          <MapIcon size={14} />
        </IconButton>
      )}
    </Panel>
  );
}

const Rule = () => <span aria-hidden className="mx-0.5 h-4 w-px bg-line" />;
