import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { StepProgress } from '../../api/live.js';
import type { RunOverview, StepStory } from '../../api/types.js';
import { t } from '../../shared/i18n/i18n.js';
import { useRowHeight } from '../../shared/hooks/use-row-height.js';
import { useStored } from '../../shared/hooks/use-stored.js';
import { useStepProgress } from './api/use-step-progress.js';
import { LoopStrip } from './loop-strip.js';
import { barsOf, busyStretches, ownTimeOf, spanOf } from './model/bars.js';
import type { Bar } from './model/bars.js';
import { countdown } from './model/countdown.js';
import { progressNote, progressOf } from './model/progress-note.js';
import type { Selection } from './model/selection.js';
import { nodeStatus, visitStatus } from './model/step-status.js';
import { stepTree, troubledRows } from './model/step-tree.js';
import type { TreeRow } from './model/step-tree.js';
import { timeScale } from './model/time-scale.js';
import type { Stretch } from './model/time-scale.js';
import { TimeAxis } from './time-axis.js';
import type { TimelineLook } from './time-axis.js';
import { TimelineRow } from './timeline-row.js';

interface TimelineProps {
  run: RunOverview;
  document: WorkflowDocument | undefined;
  /** Visits that are known one by one. */
  visits: readonly StepStory[];
  chosen: StepStory | undefined;
  selection: Selection;
  now: number;
  onSelect(nodeId: string): void;
  onIteration(nodeId: string, iteration: number[]): void;
}

const stripHeight = 64;
const startLook: TimelineLook = { collapseIdle: true, errorsOnly: false, queueTime: false };

/** One row a step, nested by loop: what happened, and when. Loops show all their iterations as a strip. */
export function Timeline(props: TimelineProps) {
  const { run, document, visits, chosen, selection, now, onSelect, onIteration } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [look, setLook] = useStored<TimelineLook>('run-timeline', startLook);
  const { collapseIdle } = look;
  const progress = useStepProgress(run.id);
  const [zoom, setZoom] = useState<Stretch>();
  const tree = useMemo(() => stepTree(document, run.nodes), [document, run.nodes]);
  const known = useMemo(() => visitsByNode(visits, chosen), [visits, chosen]);
  const barsByNode = useMemo(
    () => new Map(tree.map((row) => [row.nodeId, barsOfRow(row, known.get(row.nodeId), chosen, run, now)])),
    [tree, known, chosen, run, now],
  );
  const whole = useMemo(() => wholeOf(run, now, look.queueTime), [run, now, look.queueTime]);
  const scale = useMemo(
    () => timeScale(zoom ?? whole, collapseIdle && !zoom ? [...barsByNode.values()].flatMap(busyStretches) : undefined),
    [whole, zoom, collapseIdle, barsByNode],
  );
  const shown = useMemo(
    () => (look.errorsOnly ? troubledRows(tree) : tree).filter((row) => !isHidden(row, tree, closed)),
    [tree, closed, look.errorsOnly],
  );
  const hasStrip = (row: TreeRow) =>
    row.isLoop && row.body.length > 0 && row.totals !== undefined && !closed.has(row.nodeId);
  const rowHeight = useRowHeight();
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowHeight + (shown[index] && hasStrip(shown[index]) ? stripHeight : 0),
    getItemKey: (index) => `${shown[index]?.nodeId}${shown[index] && hasStrip(shown[index]) ? '+' : ''}`,
    overscan: 10,
  });
  useEffect(() => rows.measure(), [rows, rowHeight]);
  const toggle = (nodeId: string, close: boolean) =>
    setClosed(new Set(close ? [...closed, nodeId] : [...closed].filter((id) => id !== nodeId)));
  const walk = (event: React.KeyboardEvent) => {
    const at = shown.findIndex((row) => row.nodeId === selection.nodeId);
    const by = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, Home: -shown.length, End: shown.length }[event.key];
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      if (shown[at]?.isLoop) toggle(shown[at].nodeId, event.key === 'ArrowLeft');
      event.preventDefault();
    }
    if (!by) return;
    event.preventDefault();
    const index = Math.min(shown.length - 1, Math.max(0, at + by));
    const next = shown[index];
    if (!next) return;
    onSelect(next.nodeId);
    rows.scrollToIndex(index);
  };
  return (
    <section aria-label={t('runs.timeline.title')} className="flex h-full flex-col bg-surface">
      <TimeAxis
        title={t('common.steps', { count: run.stepCount })}
        scale={scale}
        takeovers={run.takeoverList}
        zoomed={zoom !== undefined}
        look={look}
        onLook={setLook}
        onZoom={setZoom}
      />
      <div
        ref={scroller}
        className="thin-scroll min-h-0 flex-1 overflow-auto"
        role="tree"
        aria-label={t('runs.timeline.steps')}
        tabIndex={0}
        onKeyDown={walk}
      >
        <div role="presentation" className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((virtual) => {
            const row = shown[virtual.index];
            if (!row) return null;
            const visit = chosen?.nodeId === row.nodeId ? chosen : soleVisit(known.get(row.nodeId));
            const status =
              row.totals?.visits === 1 && visit && !run.turn ? visitStatus(visit) : nodeStatus(row.totals, run);
            return (
              <div
                key={virtual.key}
                role="presentation"
                className="absolute inset-x-0"
                style={{ transform: `translateY(${virtual.start}px)` }}
              >
                <TimelineRow
                  name={row.name}
                  depth={row.depth}
                  status={status}
                  visits={row.totals?.visits ?? 0}
                  retried={(row.totals?.retried ?? 0) > 0}
                  failedItems={row.failedItems}
                  selected={row.nodeId === selection.nodeId}
                  bars={[
                    ...(virtual.index === 0 && look.queueTime ? queueBar(run) : []),
                    ...(barsByNode.get(row.nodeId) ?? []),
                  ]}
                  scale={scale}
                  ms={row.totals && ownTimeOf(row.totals, run.startedAt, now)}
                  itemsOut={row.totals?.itemCounts.out}
                  note={run.turn && row.totals ? t('run.turnNote') : noteOf(visit, progress, now)}
                  expanded={row.isLoop ? !closed.has(row.nodeId) : undefined}
                  onSelect={() => onSelect(row.nodeId)}
                  onToggle={() => toggle(row.nodeId, !closed.has(row.nodeId))}
                />
                {hasStrip(row) && (
                  <LoopStrip
                    runId={run.id}
                    row={row}
                    selection={selection}
                    onIteration={(iteration) => onIteration(stepWithin(row, selection, tree), iteration)}
                  />
                )}
              </div>
            );
          })}
        </div>
        {shown.length === 0 && (
          <p className="p-8 text-center text-muted">
            {look.errorsOnly ? t('run.timeline.noErrors') : t('run.timeline.nothing')}
          </p>
        )}
      </div>
    </section>
  );
}

/** Between its acceptance and its start a run waits for its turn, or for a worker. */
const queueBar = ({ createdAt, startedAt }: RunOverview): Bar[] =>
  startedAt === null
    ? []
    : [
        {
          look: 'wait',
          status: 'waiting',
          title: t('run.timeline.queued'),
          from: Date.parse(createdAt),
          to: Date.parse(startedAt),
        },
      ];

const wholeOf = (run: RunOverview, now: number, withQueue: boolean): Stretch => ({
  from: Date.parse(withQueue ? run.createdAt : (run.startedAt ?? run.createdAt)),
  to: run.endedAt ? Date.parse(run.endedAt) : now,
});

function visitsByNode(visits: readonly StepStory[], chosen: StepStory | undefined): Map<string, StepStory[]> {
  const found = new Map<string, StepStory[]>();
  for (const visit of visits) found.set(visit.nodeId, [...(found.get(visit.nodeId) ?? []), visit]);
  if (chosen && !found.get(chosen.nodeId)?.some(({ id }) => id === chosen.id))
    found.set(chosen.nodeId, [...(found.get(chosen.nodeId) ?? []), chosen]);
  return found;
}

const soleVisit = (visits: readonly StepStory[] | undefined) => (visits?.length === 1 ? visits[0] : undefined);

/** All visits where they are known and few, else the span from first to last, with the chosen one in it. */
function barsOfRow(
  row: TreeRow,
  visits: readonly StepStory[] | undefined,
  chosen: StepStory | undefined,
  run: RunOverview,
  now: number,
): Bar[] {
  if (!row.totals) return [];
  if (run.turn)
    return [{ look: 'wait', status: 'waiting', title: t('run.turnNote'), from: Date.parse(run.createdAt), to: now }];
  const isWhole = visits !== undefined && visits.length === row.totals.visits && visits.length <= 60;
  if (isWhole) return visits.flatMap((visit) => barsOf(visit, now));
  const span = spanOf(row.totals, nodeStatus(row.totals, run), now);
  return chosen?.nodeId === row.nodeId ? [...span, ...barsOf(chosen, now)] : span;
}

function isHidden(row: TreeRow, tree: readonly TreeRow[], closed: ReadonlySet<string>): boolean {
  if (row.parent === undefined) return false;
  if (closed.has(row.parent)) return true;
  const parent = tree.find(({ nodeId }) => nodeId === row.parent);
  return parent !== undefined && isHidden(parent, tree, closed);
}

/** The step that stays chosen when another iteration of the loop is: itself where it is in the loop, else its first. */
function stepWithin(loop: TreeRow, { nodeId }: Selection, tree: readonly TreeRow[]): string {
  if (nodeId && loop.body.includes(nodeId)) return nodeId;
  return tree.find(({ parent }) => parent === loop.nodeId)?.nodeId ?? loop.nodeId;
}

function noteOf(
  visit: StepStory | undefined,
  progress: ReadonlyMap<string, StepProgress>,
  now: number,
): string | undefined {
  const told = progressOf(visit, progress);
  if (told) return progressNote(told, now);
  if (visit?.status !== 'waiting') return undefined;
  const open = visit.pauses.filter(({ endedAt }) => endedAt === null);
  const until = open.find((pause) => pause.until !== null)?.until;
  if (open.some(({ kind }) => kind === 'approval'))
    return until ? t('runs.waitsForDecisionUntil', { until: countdown(until, now) }) : t('runs.waitsForDecision');
  if (until) return countdown(until, now);
  if (open.length > 0) return t('runs.waitsForACall');
  const due = visit.tries.at(-1)?.dueAt;
  return due
    ? t('runs.nextAttempt', { attempt: visit.attempt + 1, when: due > now ? countdown(due, now) : t('runs.now') })
    : undefined;
}
