import { BaseEdge, EdgeLabelRenderer, getBezierPath } from '@xyflow/react';
import type { EdgeProps } from '@xyflow/react';
import { Undo2 } from 'lucide-react';
import { memo } from 'react';
import type { UndoEdge as Edge } from './flow-elements.js';
import { t } from '../../../shared/i18n/i18n.js';

/** From a step to the one that undoes it when the run fails later. */
export const UndoEdge = memo(function UndoEdge(props: EdgeProps<Edge>) {
  const [path, x, y] = getBezierPath(props);
  return (
    <>
      <BaseEdge path={path} style={{ stroke: 'var(--waiting)', strokeWidth: 1.5, strokeDasharray: '2 4' }} />
      <EdgeLabelRenderer>
        <span
          title={t('editor.undoEdge')}
          className="absolute flex items-center gap-1 rounded-full bg-canvas px-1.5 text-11 text-waiting"
          style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
        >
          <Undo2 size={11} aria-hidden /> {t('editor.undoneBy')}
        </span>
      </EdgeLabelRenderer>
    </>
  );
});
