import { useEffect, useRef } from 'react';
import { t } from '../../shared/i18n/i18n.js';

interface PlainLogProps {
  text: string;
  /** Keeps the newest line in sight. */
  follow: boolean;
  /** Called when a person scrolls away from the end. */
  onLeaveEnd(): void;
}

/** A log as one text, which screen readers like better. */
export function PlainLog({ text, follow, onLeaveEnd }: PlainLogProps) {
  const scroller = useRef<HTMLPreElement>(null);
  useEffect(() => {
    if (follow && scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [follow, text]);
  return (
    <pre
      ref={scroller}
      tabIndex={0}
      aria-label={t('run.log.lines')}
      className="thin-scroll min-h-0 flex-1 overflow-auto px-4 py-2 font-mono text-12 leading-5 whitespace-pre-wrap"
      onWheel={(event) => event.deltaY < 0 && onLeaveEnd()}
      onKeyDown={(event) => ['ArrowUp', 'PageUp', 'Home'].includes(event.key) && onLeaveEnd()}
    >
      {text}
    </pre>
  );
}
