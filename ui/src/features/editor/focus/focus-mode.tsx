import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { Button, IconButton } from '../../../shared/components/button.js';
import { LinkedItems } from '../../../shared/data/item-links.js';
import { useDocument, useEditor, useEditorStore } from '../editor-store.js';
import { DataPane } from '../drawer/data-pane.js';
import { runOrder } from '../graph/run-order.js';
import { StepPanel } from '../panel/step-panel.js';
import { t } from '../../../shared/i18n/i18n.js';
import { shownKeys } from '../../../shared/i18n/shown-keys.js';

interface FocusModeProps {
  onRunStep(nodeId: string): void;
  onRunToHere(nodeId: string): void;
}

/** One step with all the room: what comes in, its form, what goes out. */
export function FocusMode({ onRunStep, onRunToHere }: FocusModeProps) {
  const store = useEditorStore();
  const document = useDocument();
  const nodeId = useEditor((state) => state.selection.nodes.at(-1));
  const node = document.nodes.find(({ id }) => id === nodeId);
  if (!node) return null;
  const order = runOrder(document);
  const at = order.indexOf(node.id);
  const go = (id: string | undefined) => id && store.getState().select({ nodes: [id] });
  const leave = () => store.getState().set({ focusMode: false });
  return (
    <div
      aria-label={t('editor.focus.label', { name: node.name })}
      role="region"
      className="flex min-h-0 flex-1 flex-col bg-canvas"
    >
      <header className="flex h-10 shrink-0 items-center gap-2 border-b border-line bg-surface px-3">
        <IconButton label={t('editor.focus.previous')} keys="[" disabled={at <= 0} onClick={() => go(order[at - 1])}>
          <ChevronLeft size={16} />
        </IconButton>
        <span className="text-12 text-muted">{t('editor.focus.at', { at: at + 1, total: order.length })}</span>
        <IconButton
          label={t('editor.focus.next')}
          keys="]"
          disabled={at >= order.length - 1}
          onClick={() => go(order[at + 1])}
        >
          <ChevronRight size={16} />
        </IconButton>
        <div className="flex-1" />
        <Button dense onClick={() => onRunStep(node.id)} title={shownKeys('Ctrl+Shift+Enter')}>
          {t('editor.test.only')}
        </Button>
        <Button dense onClick={() => onRunToHere(node.id)} title={shownKeys('Shift+Enter')}>
          {t('editor.test.here')}
        </Button>
        <Button dense icon={<X size={14} />} onClick={leave} title={shownKeys('Ctrl+Shift+F')}>
          {t('editor.focus.back')}
        </Button>
      </header>
      <div className="flex min-h-0 flex-1">
        <LinkedItems>
          <DataPane key={`in ${node.id}`} node={node} side="input" />
          <div data-panel className="w-[min(520px,40%)] shrink-0 border-x border-line">
            <StepPanel />
          </div>
          <DataPane key={`out ${node.id}`} node={node} side="output" />
        </LinkedItems>
      </div>
    </div>
  );
}
