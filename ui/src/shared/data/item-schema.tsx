import type { Item } from '@wfaib/sdk/items';
import { Copy } from 'lucide-react';
import { useMemo } from 'react';
import { pathExpression, startExpressionDrag } from '../expressions/drag-expression.js';
import { copyText } from '../hooks/copy-text.js';
import { schemaOf } from './schema-of.js';
import { t } from '../i18n/i18n.js';

/** The fields of the items with an example each; they can be dragged onto a field of the form, or copied. */
export function ItemSchema({
  items,
  root,
  named = root,
}: {
  items: readonly Item[];
  root?: string | undefined;
  named?: string | undefined;
}) {
  const fields = useMemo(() => schemaOf(items), [items]);
  if (fields.length === 0)
    return <p className="p-4 text-13 text-muted">{t('data.emptyItems', { count: items.length })}</p>;
  return (
    <ul className="thin-scroll h-full overflow-auto p-2 text-12" tabIndex={0} aria-label={t('data.fields')}>
      {fields.map(({ path, type, example }) => {
        const expression = pathExpression(named ?? '$json', path);
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
              aria-label={t('data.copyExpression', { name })}
              title={`{{ ${expression} }}`}
              onClick={() => void copyText(`{{ ${expression} }}`, t('data.copied.expression'))}
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
