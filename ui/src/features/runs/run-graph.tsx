import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import type { RunOverview } from '../../api/types.js';
import { StatusGlyph, statusLooks } from '../../shared/components/status.js';
import { formatNumber } from '../../shared/format/count.js';
import { nodeStatus } from './model/step-status.js';
import { t } from '../../shared/i18n/i18n.js';

const width = 200;
const height = 52;
const margin = 40;

interface RunGraphProps {
  run: RunOverview;
  document: WorkflowDocument;
  chosen: string | undefined;
  onSelect(nodeId: string): void;
}

/** The version that ran, drawn as it was laid out, with how each step went. */
export function RunGraph({ run, document, chosen, onSelect }: RunGraphProps) {
  const places = new Map(
    document.nodes.map((node, index) => [
      node.id,
      { x: node.position?.[0] ?? (index % 6) * 260, y: node.position?.[1] ?? Math.floor(index / 6) * 120 },
    ]),
  );
  const all = [...places.values()];
  const left = Math.min(...all.map(({ x }) => x)) - margin;
  const top = Math.min(...all.map(({ y }) => y)) - margin;
  const nameOf = (id: string) => document.nodes.find((node) => node.id === id)?.name ?? id;
  const totals = new Map(run.nodes.map((node) => [node.nodeId, node]));
  const size = {
    width: Math.max(...all.map(({ x }) => x)) - left + width + margin,
    height: Math.max(...all.map(({ y }) => y)) - top + height + margin,
  };
  return (
    <div
      className="thin-scroll h-full overflow-auto bg-canvas"
      tabIndex={0}
      role="region"
      aria-label={t('runs.graph.title')}
    >
      <div className="relative" style={size}>
        <svg aria-hidden className="absolute inset-0" {...size}>
          {document.nodes.map(({ id, compensateWith }) => {
            const [a, b] = [places.get(id), places.get(compensateWith ?? '')];
            if (!a || !b) return null;
            const [x1, y1, x2, y2] = [a.x - left + width / 2, a.y - top + height, b.x - left + width / 2, b.y - top];
            const d = `M${x1},${y1} C${x1},${y1 + 40} ${x2},${y2 - 40} ${x2},${y2}`;
            return (
              <path key={id} d={d} fill="none" className="stroke-waiting" strokeWidth={1.5} strokeDasharray="2 4" />
            );
          })}
          {document.connections.map(({ from, to }, index) => {
            const [a, b] = [places.get(from.node), places.get(to.node)];
            if (!a || !b) return null;
            const [x1, y1, x2, y2] = [a.x - left + width, a.y - top + height / 2, b.x - left, b.y - top + height / 2];
            const bend = x2 > x1 ? Math.max(30, (x2 - x1) / 2) : 80;
            const taken = totals.has(from.node) && totals.has(to.node);
            return (
              <path
                key={index}
                d={`M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`}
                fill="none"
                className={taken ? 'stroke-line-strong' : 'stroke-line'}
                strokeWidth={1.5}
                {...(taken ? {} : { strokeDasharray: '4 4' })}
              />
            );
          })}
        </svg>
        {document.nodes.map((node) => {
          const place = places.get(node.id)!;
          const found = totals.get(node.id);
          const status = nodeStatus(found, run);
          return (
            <button
              key={node.id}
              type="button"
              aria-pressed={chosen === node.id}
              aria-label={`${node.name}, ${statusLooks[status].label}`}
              title={node.compensateWith ? t('runs.graph.undoneBy', { name: nameOf(node.compensateWith) }) : undefined}
              disabled={!found}
              onClick={() => onSelect(node.id)}
              className={`absolute flex flex-col justify-center rounded-card border bg-surface px-3 text-left ${chosen === node.id ? 'border-accent outline-2 outline-accent outline-solid' : found ? 'border-line-strong' : 'border-dashed border-line text-muted'}`}
              style={{ left: place.x - left, top: place.y - top, width, height }}
            >
              <span className="flex w-full items-center gap-2">
                <StatusGlyph status={status} />
                <span className="min-w-0 truncate font-semibold">{node.name}</span>
              </span>
              <span className="truncate text-12 text-muted">
                {found
                  ? [
                      found.visits > 1 ? t('runs.visits', { count: found.visits }) : '',
                      t('runs.itemFlow', {
                        in: formatNumber(found.itemCounts.in),
                        out: formatNumber(found.itemCounts.out),
                      }),
                    ]
                      .filter(Boolean)
                      .join(' · ')
                  : t('runs.notReached')}
              </span>
            </button>
          );
        })}
      </div>
    </div>
  );
}
