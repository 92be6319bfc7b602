import type { Item } from '@wfaib/sdk/items';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Copy } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { copyText } from '../hooks/copy-text.js';
import type { RowLinks } from './use-row-links.js';
import { useWantedRow } from './use-wanted-row.js';
import { RowOrigin } from './row-number.js';
import { FileList } from './file-list.js';
import { JsonText } from './json-text.js';
import { t } from '../i18n/i18n.js';

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
  links?: RowLinks | undefined;
}

/** Items as JSON, one block each. */
export function ItemJson({ items, onEnd, root, placeOf, runId, links }: ItemJsonProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const blocks = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 160,
    overscan: 4,
  });
  useWantedRow(blocks, links);
  const visible = blocks.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (items.length > 0 && last >= items.length - 5) onEnd?.();
  }, [last, items.length, onEnd]);
  return (
    <div
      ref={scroller}
      className="wf-dense thin-scroll h-full overflow-auto"
      tabIndex={0}
      role="region"
      aria-label={t('data.asJson')}
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
              aria-current={links?.isMarked(block.index) ? 'true' : undefined}
              onMouseEnter={() => links?.point(block.index)}
              onMouseLeave={() => links?.point(undefined)}
              className="group absolute inset-x-0 border-b border-line/70 px-3 py-2 aria-[current]:bg-accent-soft aria-[current]:shadow-[inset_3px_0_var(--color-accent)]"
              style={{ transform: `translateY(${block.start}px)` }}
            >
              <span className="absolute top-2 right-3 flex items-center gap-1 text-11 text-faint">
                {t('data.item', { index: placeOf(block.index) })}
                <RowOrigin row={block.index} links={links} />
                <button
                  type="button"
                  aria-label={t('data.copyItem', { index: placeOf(block.index) })}
                  onClick={() => void copyText(text)}
                  className="flex size-6 items-center justify-center rounded opacity-0 group-hover:opacity-100 hover:bg-subtle hover:text-ink focus:opacity-100"
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
