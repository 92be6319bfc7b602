import type { Item } from '@wfaib/sdk/items';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { pathExpression, startExpressionDrag } from '../expressions/drag-expression.js';
import { cellText, columnsOf } from './columns-of.js';
import { useWantedRow } from './use-wanted-row.js';
import type { RowLinks } from './use-row-links.js';
import { RowNumber } from './row-number.js';
import type { ViewedValue } from './value-viewer.js';
import { t } from '../i18n/i18n.js';

interface ItemTableProps {
  items: readonly Item[];
  /** Called when the last loaded row comes near. */
  onEnd?: (() => void) | undefined;
  /** What a dragged column names, for example `$json`; without it nothing can be dragged. */
  root?: string | undefined;
  /** What a column is called in an expression that is copied. @defaultValue `root` */
  named?: string | undefined;
  /** The place of a row among all items. */
  placeOf(index: number): number;
  /** Asked to show a value as a whole. */
  onView(viewed: ViewedValue): void;
  links?: RowLinks | undefined;
}

const rowHeight = 28;
/** Narrowest a column gets, in pixels; few columns share the room. */
const columnWidth = 160;
const numberWidth = 52;

/** One row an item, one column a field. Only what is on the screen is in the page, in both directions. */
export function ItemTable({ items, onEnd, root, named = root, placeOf, onView, links }: ItemTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const columns = useMemo(() => columnsOf(items), [items]);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  useWantedRow(rows, links);
  const fields = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => columnWidth,
    // A handful more than in sight: what has few columns has all of them in the page, to be found there and read out.
    overscan: 5,
  });
  const shown = fields.getVirtualItems().flatMap(({ index }) => {
    const name = columns[index];
    return name === undefined ? [] : [{ name, place: { gridColumn: index + 2 } }];
  });
  const visible = rows.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (items.length > 0 && last >= items.length - 10) onEnd?.();
  }, [last, items.length, onEnd]);
  if (columns.length === 0)
    return <p className="p-4 text-13 text-muted">{t('data.emptyItems', { count: items.length })}</p>;
  const template = `${numberWidth}px repeat(${columns.length}, minmax(${columnWidth}px, 1fr))`;
  return (
    <div
      ref={scroller}
      className="wf-dense thin-scroll h-full overflow-auto"
      tabIndex={0}
      role="region"
      aria-label={t('data.asTable')}
    >
      <div
        role="table"
        aria-rowcount={items.length}
        aria-colcount={columns.length + 1}
        className="min-w-full text-12"
        style={{ width: columns.length * columnWidth + numberWidth }}
      >
        <div
          role="row"
          className="sticky top-0 z-10 grid border-b border-line bg-surface"
          style={{ gridTemplateColumns: template }}
        >
          <span role="columnheader" className="px-2 py-1 text-faint">
            #
          </span>
          {shown.map(({ name, place }) => (
            <span
              key={name}
              style={place}
              role="columnheader"
              tabIndex={-1}
              title={root ? t('data.dragNamed', { name }) : name}
              draggable={root !== undefined}
              onDragStart={(event) => root && startExpressionDrag(event, pathExpression(root, [name]))}
              className={`truncate px-2 py-1 font-medium ${root ? 'cursor-grab' : ''}`}
            >
              {name}
            </span>
          ))}
        </div>
        <div className="relative" style={{ height: rows.getTotalSize() }}>
          {visible.map((row) => (
            <div
              key={row.key}
              role="row"
              aria-rowindex={row.index + 1}
              aria-current={links?.isMarked(row.index) ? 'true' : undefined}
              onMouseEnter={() => links?.point(row.index)}
              onMouseLeave={() => links?.point(undefined)}
              className="absolute inset-x-0 grid border-b border-line/70 hover:bg-hover aria-[current]:bg-accent-soft aria-[current]:shadow-[inset_3px_0_var(--color-accent)]"
              style={{ gridTemplateColumns: template, height: rowHeight, transform: `translateY(${row.start}px)` }}
            >
              <span role="cell" className="px-2 py-1 text-faint">
                <RowNumber
                  row={row.index}
                  number={placeOf(row.index)}
                  links={links}
                  isFirst={row.index === rows.range?.startIndex}
                />
              </span>
              {shown.map(({ name, place }) => {
                const value = items[row.index]?.json?.[name];
                const expression = named && pathExpression(named, [name]);
                return (
                  <Cell
                    key={name}
                    place={place}
                    value={value}
                    dragged={root && expression}
                    onView={() => onView({ name, value, expression, row: items[row.index]?.json })}
                  />
                );
              })}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

interface CellProps {
  /** Its column in the grid of the row. */
  place: React.CSSProperties;
  value: unknown;
  /** Expression that it gives to where it is dragged. */
  dragged: string | undefined;
  onView(): void;
}

function Cell({ place, value, dragged, onView }: CellProps) {
  const text = cellText(value);
  const look =
    value === null || value === undefined
      ? 'text-faint'
      : typeof value === 'number'
        ? 'font-mono'
        : typeof value === 'object'
          ? 'font-mono text-muted'
          : '';
  return (
    <span
      role="cell"
      style={place}
      title={text}
      draggable={dragged !== undefined}
      onDragStart={(event) => dragged !== undefined && startExpressionDrag(event, dragged)}
      className={`truncate px-2 py-1 ${look}`}
    >
      {value === undefined ? (
        ''
      ) : (
        // No button element: browsers begin no drag on one.
        <span
          role="button"
          tabIndex={-1}
          className="max-w-full"
          onClick={onView}
          onKeyDown={({ key }) => key === 'Enter' && onView()}
        >
          {text}
        </span>
      )}
    </span>
  );
}
