import { ChevronLeft, ChevronRight } from 'lucide-react';
import { IconButton } from '../../../shared/components/button.js';
import { formatNumber } from '../../../shared/format/count.js';
import { useSample } from '../../../shared/expressions/sample-context.js';
import { useRunState } from '../../../shared/runs/run-store.js';
import { useEditorStore } from '../editor-store.js';
import { t } from '../../../shared/i18n/i18n.js';

/** Which item of the last run the previews look at. */
export function SampleBar({ nodeId }: { nodeId: string }) {
  const sample = useSample();
  const store = useEditorStore();
  const steps = useRunState((state) => state.progress.steps);
  if (sample.items.length === 0) return null;
  const at = (sample.offset ?? 0) + sample.itemIndex;
  const total = sample.total ?? sample.items.length;
  const go = (by: number) => store.getState().set({ sampleIndex: at + by });
  return (
    <div className="-my-1 flex items-center gap-1 text-12 text-muted">
      <span className="flex-1 truncate">
        {t(steps[nodeId] ? 'editor.sample.cameIn' : 'editor.sample.before', {
          at: formatNumber(at + 1),
          total: formatNumber(total),
        })}
      </span>
      <IconButton label={t('editor.sample.previous')} disabled={at === 0} onClick={() => go(-1)}>
        <ChevronLeft size={14} />
      </IconButton>
      <IconButton label={t('editor.sample.next')} disabled={at >= total - 1} onClick={() => go(1)}>
        <ChevronRight size={14} />
      </IconButton>
    </div>
  );
}
