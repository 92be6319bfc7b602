import { CircleAlert, FoldHorizontal, Hourglass, Maximize2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { IconButton } from '../../shared/components/button.js';
import { formatDuration, formatInstant } from '../../shared/format/time.js';
import { t } from '../../shared/i18n/i18n.js';
import { serverText } from '../../shared/i18n/server-texts.js';
import type { Stretch, TimeScale } from './model/time-scale.js';

/** How a person wants to see the timeline. */
export interface TimelineLook {
  /** Time without work is narrowed. */
  collapseIdle: boolean;
  /** Only steps that failed or were tried again, and the loops around them. */
  errorsOnly: boolean;
  /** Begins when the run was accepted rather than when it started. */
  queueTime: boolean;
}

interface TimeAxisProps {
  title: string;
  scale: TimeScale;
  takeovers: readonly { at: number; host: string; reason: string }[];
  zoomed: boolean;
  look: TimelineLook;
  onLook(look: TimelineLook): void;
  onZoom(stretch: Stretch | undefined): void;
}

const lookButtons = [
  { name: 'errorsOnly', text: 'run.timeline.errorsOnly', Icon: CircleAlert },
  { name: 'queueTime', text: 'run.timeline.queueTime', Icon: Hourglass },
  { name: 'collapseIdle', text: 'run.timeline.collapseIdle', Icon: FoldHorizontal },
] as const;

/** Times over the rows. Dragging along it zooms into a stretch. */
export function TimeAxis({ title, scale, takeovers, zoomed, look, onLook, onZoom }: TimeAxisProps) {
  const track = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ from: number; to: number }>();
  const placeOf = (event: React.PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    return box ? Math.min(100, Math.max(0, ((event.clientX - box.left) / box.width) * 100)) : 0;
  };
  const finish = () => {
    if (drag && Math.abs(drag.to - drag.from) > 1) {
      const [left, right] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
      onZoom({ from: scale.instantAt(left), to: scale.instantAt(right) });
    }
    setDrag(undefined);
  };
  const buttons = (
    <>
      {zoomed && (
        <IconButton label={t('runs.axis.whole')} onClick={() => onZoom(undefined)} className="size-6! md:size-7!">
          <Maximize2 size={14} />
        </IconButton>
      )}
      {lookButtons.map(({ name, text, Icon }) => (
        <IconButton
          key={name}
          label={t(text)}
          pressed={look[name]}
          className="size-6! md:size-7!"
          onClick={() => onLook({ ...look, [name]: !look[name] })}
        >
          <Icon size={14} />
        </IconButton>
      ))}
    </>
  );
  return (
    <header className="wf-dense flex h-9 shrink-0 items-center gap-2 border-b border-line pr-4 pl-2 text-12 text-muted md:gap-3">
      <span className="flex w-44 shrink-0 items-center justify-between font-medium md:w-60 md:pl-6">
        <span className="truncate">{title}</span>
        <span className="flex shrink-0 md:hidden">{buttons}</span>
      </span>
      <div
        ref={track}
        title={t('runs.axis.zoom')}
        className="relative h-full min-w-0 flex-1 cursor-crosshair touch-none select-none"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag({ from: placeOf(event), to: placeOf(event) });
        }}
        onPointerMove={(event) => drag && setDrag({ ...drag, to: placeOf(event) })}
        onPointerUp={finish}
      >
        {[0, 50, 100].map((place) => (
          <span
            key={place}
            className={`absolute top-1/2 z-10 -translate-y-1/2 rounded bg-surface/80 tabular-nums ${place === 50 ? 'hidden sm:block' : ''}`}
            style={place === 100 ? { right: 0 } : { left: `${place}%` }}
          >
            {formatDuration(scale.instantAt(place) - scale.from)}
          </span>
        ))}
        {scale.gaps.map((gap) => (
          <span
            key={gap.from}
            title={t('runs.axis.idle', { time: formatDuration(gap.to - gap.from) })}
            className="absolute inset-y-1 bg-subtle wf-hatched"
            style={{ left: `${gap.left}%`, width: `${gap.width}%` }}
          />
        ))}
        {takeovers
          .filter(({ at }) => at >= scale.from && at <= scale.to)
          .map(({ at, reason }) => (
            <span
              key={at}
              title={t('runs.axis.takeover', { time: formatInstant(at), reason: serverText(reason) })}
              className="absolute bottom-0 -translate-x-1/2 text-accent"
              style={{ left: `${scale.at(at)}%` }}
            >
              ◆
            </span>
          ))}
        {drag && (
          <span
            className="absolute inset-y-0 bg-accent/20"
            style={{ left: `${Math.min(drag.from, drag.to)}%`, width: `${Math.abs(drag.to - drag.from)}%` }}
          />
        )}
      </div>
      <span className="hidden w-32 shrink-0 justify-end sm:flex md:w-[132px]">
        <span className="hidden md:flex">{buttons}</span>
      </span>
    </header>
  );
}
