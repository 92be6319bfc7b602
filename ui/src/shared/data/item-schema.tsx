import type { Item } from '@wfaib/sdk/items';
import { Copy } from 'lucide-react';
import { useMemo } from 'react';
import { pathExpression, startExpressionDrag } from '../expressions/drag-expression.js';
import { copyText } from '../hooks/copy-text.js';
import { schemaOf } from './schema-of.js';

/** The fields of the items with an example each; they can be dragged onto a field of the form, or copied. */
export function ItemSchema({ items, root }: { items: readonly Item[]; root?: string | undefined }) {
  const fields = useMemo(() => schemaOf(items), [items]);
  return (
    <ul className="thin-scroll h-full overflow-auto p-2 text-12" tabIndex={0} aria-label="Fields of the items">
      {fields.map(({ path, type, example }) => {
        const expression = pathExpression(root ?? '$json', path);
        const name = path.at(-1) ?? '';
        return (
          <li
            key={path.join('\n')}
            draggable={root !== undefined}
            onDragStart={(event) => startExpressionDrag(event, expression)}
            style={{ paddingInlineStart: 8 + (path.filter((part) => typeof part === 'string').length - 1) * 16 }}
            className={`group flex h-7 items-center gap-2 rounded-md pr-2 hover:bg-hover ${root ? 'cursor-grab' : ''}`}
          >
            <span className="rounded border border-line bg-surface px-1.5 font-medium">{name}</span>
            <span className="text-11 text-muted">{type}</span>
            <span className="min-w-0 flex-1 truncate text-muted" title={example}>
              {example}
            </span>
            <button
              type="button"
              aria-label={`Copy the expression of ${name}`}
              title={`{{ ${expression} }}`}
              onClick={() => void copyText(`{{ ${expression} }}`, 'Expression copied')}
              className="rounded p-1 text-muted opacity-0 group-hover:opacity-100 hover:bg-subtle hover:text-ink focus:opacity-100"
            >
              <Copy size={12} aria-hidden />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
