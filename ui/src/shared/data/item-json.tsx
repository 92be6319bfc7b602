import type { Item } from '@wfaib/sdk/items';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Copy } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { copyText } from '../hooks/copy-text.js';

/** Items as JSON, one block each. */
export function ItemJson({ items, onEnd }: { items: readonly Item[]; onEnd?: (() => void) | undefined }) {
  const scroller = useRef<HTMLDivElement>(null);
  const blocks = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 160,
    overscan: 4,
  });
  const visible = blocks.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (items.length > 0 && last >= items.length - 5) onEnd?.();
  }, [last, items.length, onEnd]);
  return (
    <div
      ref={scroller}
      className="thin-scroll h-full overflow-auto"
      tabIndex={0}
      role="region"
      aria-label="Items as JSON"
    >
      <div className="relative" style={{ height: blocks.getTotalSize() }}>
        {visible.map((block) => {
          const text = JSON.stringify(items[block.index]?.json, null, 2) ?? '';
          return (
            <div
              key={block.key}
              ref={blocks.measureElement}
              data-index={block.index}
              className="group absolute inset-x-0 border-b border-line/70 px-3 py-2"
              style={{ transform: `translateY(${block.start}px)` }}
            >
              <span className="absolute top-2 right-3 flex items-center gap-1 text-11 text-faint">
                item {block.index}
                <button
                  type="button"
                  aria-label={`Copy item ${block.index}`}
                  onClick={() => void copyText(text)}
                  className="rounded p-1 opacity-0 group-hover:opacity-100 hover:bg-subtle hover:text-ink focus:opacity-100"
                >
                  <Copy size={12} />
                </button>
              </span>
              <pre className="font-mono text-12 leading-[18px] break-words whitespace-pre-wrap">
                {text.length > 20_000 ? `${text.slice(0, 20_000)}\n…` : text}
              </pre>
            </div>
          );
        })}
      </div>
    </div>
  );
}
