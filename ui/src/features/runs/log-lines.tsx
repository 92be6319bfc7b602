import { useVirtualizer } from '@tanstack/react-virtual';
import { Link2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { RunLogLine } from '../../api/types.js';
import { formatInstant } from '../../shared/format/time.js';
import { t } from '../../shared/i18n/i18n.js';
import type { NamedLine } from './model/log-lines.js';
import { iterationText } from './model/selection.js';

const looks: Record<string, string> = { error: 'text-failed', warn: 'text-waiting' };

interface LogLinesProps {
  lines: readonly NamedLine[];
  /** Name of the line that is pointed at; it is scrolled to once it is there. */
  chosen: string | undefined;
  /** Keeps the newest line in sight. */
  follow: boolean;
  /** Called when a person scrolls away from the end. */
  onLeaveEnd(): void;
  /** The last lines come near. */
  onEnd(): void;
  onStep(line: RunLogLine): void;
  onLink(line: NamedLine): void;
}

/** The lines in sight of a log of any length. */
export function LogLines({ lines, chosen, follow, onLeaveEnd, onEnd, onStep, onLink }: LogLinesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 24,
    overscan: 20,
  });
  const visible = rows.getVirtualItems();
  const isNearEnd = (visible.at(-1)?.index ?? 0) >= lines.length - 20;
  useEffect(() => {
    if (isNearEnd) onEnd();
  });
  const at = lines.findIndex(({ key }) => key === chosen);
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at, { align: 'center' });
  }, [rows, at]);
  useEffect(() => {
    if (follow && lines.length > 0) rows.scrollToIndex(lines.length - 1, { align: 'end' });
  }, [rows, follow, lines.length]);
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="log"
      aria-label={t('run.log.lines')}
      className="wf-dense thin-scroll min-h-0 flex-1 overflow-auto py-1"
      onWheel={(event) => event.deltaY < 0 && onLeaveEnd()}
      onKeyDown={(event) => ['ArrowUp', 'PageUp', 'Home'].includes(event.key) && onLeaveEnd()}
    >
      <div className="relative" style={{ height: rows.getTotalSize() }}>
        {visible.map(({ index, start, key }) => {
          const line = lines[index];
          return line ? (
            <div
              key={key}
              ref={rows.measureElement}
              data-index={index}
              aria-current={line.key === chosen ? 'location' : undefined}
              className={`group absolute inset-x-0 flex gap-3 px-4 py-0.5 font-mono text-12 leading-5 ${line.key === chosen ? 'bg-accent-soft' : ''}`}
              style={{ transform: `translateY(${start}px)` }}
            >
              <span className="shrink-0 text-muted">{formatInstant(line.at)}</span>
              <span className={`w-10 shrink-0 ${looks[line.level] ?? 'text-muted'}`}>{line.level}</span>
              <button
                type="button"
                className="min-h-6 w-36 shrink-0 truncate text-left text-muted hover:text-ink hover:underline"
                onClick={() => onStep(line)}
              >
                {line.name} {line.iteration.length > 0 && `#${iterationText(line.iteration)}`}
              </button>
              <span className="min-w-0 flex-1 break-words whitespace-pre-wrap">{line.text}</span>
              <button
                type="button"
                aria-label={t('run.log.link', { line: index + 1 })}
                title={t('run.log.copyLink')}
                className="size-6 shrink-0 rounded text-muted opacity-0 group-hover:opacity-100 hover:bg-subtle hover:text-ink focus:opacity-100"
                onClick={() => onLink(line)}
              >
                <Link2 size={13} aria-hidden className="mx-auto" />
              </button>
            </div>
          ) : null;
        })}
      </div>
    </div>
  );
}
