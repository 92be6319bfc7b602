import type { Item } from '@wfaib/sdk/items';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Copy } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { copyText } from '../hooks/copy-text.js';
import { FileList } from './file-list.js';
import { JsonText } from './json-text.js';

/** Longest text of one item that is drawn, in characters. */
const longest = 20_000;

interface ItemJsonProps {
  items: readonly Item[];
  onEnd?: (() => void) | undefined;
  /** What a dragged key names, for example `$json`; without it nothing can be dragged. */
  root?: string | undefined;
  /** The place of an item among all. */
  placeOf(index: number): number;
  /** Run that keeps the files. */
  runId: string;
}

/** Items as JSON, one block each. */
export function ItemJson({ items, onEnd, root, placeOf, runId }: ItemJsonProps) {
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
          const item = items[block.index];
          const text = JSON.stringify(item?.json, null, 2) ?? '';
          return (
            <div
              key={block.key}
              ref={blocks.measureElement}
              data-index={block.index}
              className="group absolute inset-x-0 border-b border-line/70 px-3 py-2"
              style={{ transform: `translateY(${block.start}px)` }}
            >
              <span className="absolute top-2 right-3 flex items-center gap-1 text-11 text-faint">
                item {placeOf(block.index)}
                <button
                  type="button"
                  aria-label={`Copy item ${placeOf(block.index)}`}
                  onClick={() => void copyText(text)}
                  className="rounded p-1 opacity-0 group-hover:opacity-100 hover:bg-subtle hover:text-ink focus:opacity-100"
                >
                  <Copy size={12} />
                </button>
              </span>
              <pre className="font-mono text-12 leading-[18px] break-words whitespace-pre-wrap">
                <JsonText text={text.length > longest ? `${text.slice(0, longest)}\n…` : text} root={root} />
              </pre>
              {item?.files && <FileList runId={runId} files={item.files} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}
