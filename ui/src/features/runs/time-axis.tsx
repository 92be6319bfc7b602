import { FoldHorizontal, Maximize2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { IconButton } from '../../shared/components/button.js';
import { formatDuration, formatInstant } from '../../shared/format/time.js';
import type { Stretch, TimeScale } from './model/time-scale.js';

interface TimeAxisProps {
  title: string;
  scale: TimeScale;
  takeovers: readonly { at: number; host: string; reason: string }[];
  zoomed: boolean;
  collapseIdle: boolean;
  onCollapseIdle(collapse: boolean): void;
  onZoom(stretch: Stretch | undefined): void;
}

/** Times over the rows. Dragging along it zooms into a stretch. */
export function TimeAxis({ title, scale, takeovers, zoomed, collapseIdle, onCollapseIdle, onZoom }: TimeAxisProps) {
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
  return (
    <header className="flex h-9 shrink-0 items-center gap-2 border-b border-line pr-4 pl-2 text-12 text-muted md:gap-3">
      <span className="w-44 shrink-0 pl-6 font-medium md:w-60">{title}</span>
      <div
        ref={track}
        title="Drag to zoom in"
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
            className={`absolute top-1/2 -translate-y-1/2 tabular-nums ${place === 50 ? 'hidden sm:block' : ''}`}
            style={place === 100 ? { right: 0 } : { left: `${place}%` }}
          >
            {formatDuration(scale.instantAt(place) - scale.from)}
          </span>
        ))}
        {scale.gaps.map((gap) => (
          <span
            key={gap.from}
            title={`${formatDuration(gap.to - gap.from)} without work`}
            className="absolute inset-y-1 bg-subtle wf-hatched"
            style={{ left: `${gap.left}%`, width: `${gap.width}%` }}
          />
        ))}
        {takeovers
          .filter(({ at }) => at >= scale.from && at <= scale.to)
          .map(({ at, reason }) => (
            <span
              key={at}
              title={`${formatInstant(at)}: ${reason}. Finished steps were not repeated.`}
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
      <span className="flex w-[62px] shrink-0 justify-end md:w-[132px]">
        {zoomed && (
          <IconButton label="Show the whole run" onClick={() => onZoom(undefined)}>
            <Maximize2 size={14} />
          </IconButton>
        )}
        <IconButton
          label="Narrow time without work"
          pressed={collapseIdle}
          onClick={() => onCollapseIdle(!collapseIdle)}
        >
          <FoldHorizontal size={14} />
        </IconButton>
      </span>
    </header>
  );
}
