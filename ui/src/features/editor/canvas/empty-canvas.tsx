import { useReactFlow } from '@xyflow/react';
import { Plus } from 'lucide-react';
import { useCanvasLocked } from './use-canvas-locked.js';
import { useCanvasActions } from './canvas-actions.js';
import { t } from '../../../shared/i18n/i18n.js';

export function EmptyCanvas() {
  const { openPicker } = useCanvasActions();
  const locked = useCanvasLocked();
  const flow = useReactFlow();
  if (locked) return null;
  return (
    <div className="pointer-events-none absolute inset-0 flex flex-col items-center justify-center gap-3">
      <button
        type="button"
        className="pointer-events-auto flex h-16 w-60 items-center justify-center gap-2 rounded-card border border-dashed border-line-strong bg-surface text-13 font-medium text-muted transition-colors duration-120 hover:border-accent hover:text-accent"
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const { x, y } = flow.screenToFlowPosition({ x: box.left, y: box.top });
          openPicker({
            placement: { kind: 'at', position: [Math.round(x), Math.round(y)] },
            at: { x: box.left, y: box.bottom },
          });
        }}
      >
        <Plus size={16} aria-hidden />
        {t('editor.empty.choose')}
      </button>
      <p className="text-12 text-muted">{t('editor.empty.paste')}</p>
    </div>
  );
}
