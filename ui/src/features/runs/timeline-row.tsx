import { ChevronDown, ChevronRight } from 'lucide-react';
import { StatusGlyph, statusLooks } from '../../shared/components/status.js';
import type { StatusName } from '../../shared/components/status.js';
import { formatNumber } from '../../shared/format/count.js';
import { formatDuration } from '../../shared/format/time.js';
import type { Bar } from './model/bars.js';
import type { TimeScale } from './model/time-scale.js';
import { t } from '../../shared/i18n/i18n.js';

const colours: Record<string, string> = {
  failed: 'bg-failed',
  running: 'bg-accent',
  succeeded: 'bg-ok',
  waiting: 'bg-waiting/70 wf-hatched',
  retrying: 'bg-retrying',
};

interface TimelineRowProps {
  name: string;
  depth: number;
  status: StatusName;
  /** How often it was visited, where that was more than once. */
  visits: number;
  retried: boolean;
  /** Items that failed one by one and left by the error output. */
  failedItems: number;
  selected: boolean;
  bars: readonly Bar[];
  scale: TimeScale;
  ms: number | undefined;
  itemsOut: number | undefined;
  /** "until 14:30 (in 2 h)", where it waits. */
  note: string | undefined;
  expanded: boolean | undefined;
  onSelect(): void;
  onToggle(): void;
}

/** The name of a step at the left, when it worked at the right. The row is the target, not the bar. */
export function TimelineRow(props: TimelineRowProps) {
  const { name, depth, status, visits, retried, failedItems, selected, bars, scale, ms, itemsOut, note, expanded } =
    props;
  const label = [
    name,
    statusLooks[status]?.label ?? status,
    visits > 1 ? t('runs.visits', { count: visits }) : '',
    failedItems > 0 ? t('common.itemsFailed', { count: failedItems }) : '',
    note ?? '',
    ms === undefined ? '' : formatDuration(ms),
  ];
  return (
    <button
      type="button"
      role="treeitem"
      tabIndex={-1}
      aria-level={depth + 1}
      aria-selected={selected}
      aria-expanded={expanded}
      aria-label={label.filter(Boolean).join(', ')}
      data-step={name}
      onClick={(event) => (isToggle(event.target) ? props.onToggle() : props.onSelect())}
      className={`flex h-8 w-full cursor-pointer items-center gap-2 border-b border-line/60 pr-4 pl-2 text-left md:gap-3 ${selected ? 'bg-accent-soft' : 'hover:bg-hover'}`}
    >
      <span className="flex w-44 shrink-0 items-center gap-1.5 md:w-60" style={{ paddingLeft: depth * 16 }}>
        {expanded === undefined ? (
          <span className="w-4 shrink-0" />
        ) : (
          <span
            aria-hidden
            data-toggle
            className="flex size-4 shrink-0 items-center justify-center rounded text-muted hover:bg-subtle"
          >
            {expanded ? <ChevronDown size={14} /> : <ChevronRight size={14} />}
          </span>
        )}
        <StatusGlyph status={status} />
        <span
          className={`min-w-0 truncate ${selected ? 'font-semibold' : ''} ${status === 'idle' ? 'text-muted' : ''}`}
        >
          {name}
        </span>
        {visits > 1 && <span className="text-11 text-muted">{formatNumber(visits)}×</span>}
        {retried && <span className="text-11 whitespace-nowrap text-retrying">{t('runs.retried')}</span>}
        {failedItems > 0 && (
          <span className="text-11 whitespace-nowrap text-failed">
            {t('common.itemsFailed', { count: failedItems })}
          </span>
        )}
      </span>
      <span aria-hidden className="relative h-full min-w-0 flex-1">
        {bars.map((bar, index) => (
          <BarPiece key={index} bar={bar} scale={scale} />
        ))}
        {note && <NoteAt bars={bars} scale={scale} note={note} />}
      </span>
      <span className="hidden w-16 shrink-0 text-right text-12 text-muted sm:block">
        {ms === undefined ? '' : formatDuration(ms)}
      </span>
      <span className="hidden w-14 shrink-0 text-right text-12 text-muted sm:block" title={t('runs.itemsOut')}>
        {itemsOut === undefined ? '' : formatNumber(itemsOut)}
      </span>
    </button>
  );
}

const isToggle = (target: EventTarget) => target instanceof Element && target.closest('[data-toggle]') !== null;

function BarPiece({ bar, scale }: { bar: Bar; scale: TimeScale }) {
  const place = scale.placeOf(bar);
  if (!place) return null;
  const style = { left: `${Math.min(place.left, 99.6)}%`, width: `max(3px, ${place.width}%)` };
  if (bar.look === 'backOff')
    return (
      <span
        title={bar.title}
        className="absolute top-1/2 h-0 -translate-y-1/2 border-t-2 border-dotted border-retrying"
        style={style}
      />
    );
  const height = bar.look === 'wait' ? 'h-1.5' : bar.look === 'span' ? 'h-2.5 opacity-45' : 'h-2.5';
  const colour = bar.look === 'failedTry' ? 'bg-retrying' : (colours[bar.status] ?? 'bg-idle');
  return (
    <span
      title={bar.title || undefined}
      className={`absolute top-1/2 -translate-y-1/2 rounded-[3px] ${height} ${colour}`}
      style={style}
    />
  );
}

/** Beside the bar, on the side where there is room. */
function NoteAt({ bars, scale, note }: { bars: readonly Bar[]; scale: TimeScale; note: string }) {
  const last = bars.at(-1);
  const place = last && scale.placeOf(last);
  if (!place) return null;
  const end = place.left + place.width;
  const style =
    end < 60
      ? { left: `calc(${end}% + 8px)` }
      : place.left > 40
        ? { right: `calc(${100 - place.left}% + 4px)` }
        : { right: '8px' };
  return (
    <span
      className="absolute top-1/2 -translate-y-1/2 rounded bg-surface/90 px-1 text-11 whitespace-nowrap text-waiting"
      style={style}
    >
      {note}
    </span>
  );
}
