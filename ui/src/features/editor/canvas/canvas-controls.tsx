import { Panel, useReactFlow, useStore } from '@xyflow/react';
import { Maximize, Minus, Plus, Redo2, Sparkles, Undo2 } from 'lucide-react';
import { IconButton } from '../../../shared/components/button.js';
import { useEditor, useEditorStore } from '../editor-store.js';
import { useCanvasActions } from './canvas-actions.js';
import { tidyUp } from './tidy-up.js';
import { animation } from './use-selection-in-view.js';
import { usePlacement } from './use-placement.js';

export function CanvasControls() {
  const flow = useReactFlow();
  const store = useEditorStore();
  const { openPicker } = useCanvasActions();
  const placement = usePlacement();
  const zoom = useStore((state) => Math.round(state.transform[2] * 100));
  const canUndo = useEditor((state) => state.history.past.at(-1)?.label);
  const canRedo = useEditor((state) => state.history.future[0]?.label);
  return (
    <Panel
      position="bottom-left"
      className="m-3! flex items-center gap-0.5 rounded-card border border-line bg-surface p-0.5"
    >
      <IconButton
        label="Add a step"
        keys="N"
        onClick={(event) => openPicker({ placement: placement(), at: { x: event.clientX, y: event.clientY } })}
      >
        <Plus size={16} />
      </IconButton>
      <IconButton label="Tidy up" keys="Shift+Alt+T" onClick={() => void tidyUp(store)}>
        <Sparkles size={15} />
      </IconButton>
      <Rule />
      <IconButton
        label={canUndo ? `Undo: ${canUndo}` : 'Undo'}
        keys="Ctrl+Z"
        disabled={!canUndo}
        onClick={() => store.getState().undo()}
      >
        <Undo2 size={15} />
      </IconButton>
      <IconButton
        label={canRedo ? `Redo: ${canRedo}` : 'Redo'}
        keys="Ctrl+Shift+Z"
        disabled={!canRedo}
        onClick={() => store.getState().redo()}
      >
        <Redo2 size={15} />
      </IconButton>
      <Rule />
      <IconButton label="Zoom out" keys="-" onClick={() => void flow.zoomOut({ duration: animation() })}>
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
      <IconButton label="Zoom in" keys="+" onClick={() => void flow.zoomIn({ duration: animation() })}>
        <Plus size={15} />
      </IconButton>
      <IconButton
        label="Show all"
        keys="1"
        onClick={() => void flow.fitView({ duration: animation(), maxZoom: 1, padding: 0.15 })}
      >
        <Maximize size={14} />
      </IconButton>
    </Panel>
  );
}

const Rule = () => <span aria-hidden className="mx-0.5 h-4 w-px bg-line" />;
