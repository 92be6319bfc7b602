import { useMemo, useRef } from 'react';
import { ExpressionEditor } from '../code/expression-editor.js';
import { Dialog } from '../components/dialog.js';
import { schemaOf } from '../data/schema-of.js';
import { pathExpression } from './drag-expression.js';
import { ExpressionPreview } from './expression-preview.js';
import { useSample } from './sample-context.js';
import { typedTemplate } from './typed-template.js';
import { t } from '../i18n/i18n.js';

interface BigEditorProps {
  label: string;
  /** The template with its leading `=`. */
  value: string;
  onChange(value: string): void;
  onClose(): void;
}

/** An expression with all the room: the data at the left, what it comes to at the right. Esc leaves, changes are kept. */
export function BigEditor({ label, value, onChange, onClose }: BigEditorProps) {
  const sample = useSample();
  const insert = useRef<(expression: string) => void>(undefined);
  return (
    <Dialog open onClose={onClose} title={label} width={1180}>
      <div className="grid h-[58vh] gap-3 md:grid-cols-[260px_1fr_300px]">
        <DataTree onPick={(expression) => insert.current?.(expression)} />
        <div className="thin-scroll min-h-0 overflow-auto">
          <ExpressionEditor
            label={label}
            value={value.slice(1)}
            multiline
            invalid={false}
            sample={sample}
            autoFocus
            insertRef={insert}
            onChange={(text) => onChange(typedTemplate(text, value))}
          />
        </div>
        <section
          aria-label={t('expression.result')}
          className="thin-scroll min-h-0 overflow-auto rounded-card bg-subtle p-3"
        >
          <h3 className="text-12 font-medium text-muted">
            {sample.items.length > 0
              ? t('expression.resultFor', { index: sample.itemIndex + 1 })
              : t('expression.result')}
          </h3>
          <ExpressionPreview template={value} whole />
        </section>
      </div>
    </Dialog>
  );
}

function DataTree({ onPick }: { onPick(expression: string): void }) {
  const sample = useSample();
  const groups = useMemo(
    () =>
      [
        { title: t('data.comesIn'), root: '$json', items: sample.items },
        ...Object.entries(sample.nodes).map(([name, { items }]) => ({
          title: name,
          root: `$(${JSON.stringify(name)}).item.json`,
          items,
        })),
      ].map(({ title, root, items }) => ({ title, root, fields: schemaOf(items) })),
    [sample],
  );
  return (
    <div
      aria-label={t('data.title')}
      role="region"
      className="thin-scroll min-h-0 overflow-auto rounded-card border border-line p-2"
    >
      {groups.map(({ title, root, fields }) => (
        <section key={title} className="mb-2">
          <h3 className="px-1 text-12 font-medium text-muted">{title}</h3>
          {fields.length === 0 && <p className="px-1 text-12 text-faint">{t('data.none')}</p>}
          {fields.map(({ path, example }) => (
            <button
              key={path.join('\n')}
              type="button"
              title={example}
              // The editor keeps the focus and its caret.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onPick(pathExpression(root, path))}
              style={{ paddingInlineStart: 4 + (path.filter((part) => typeof part === 'string').length - 1) * 12 }}
              className="flex w-full items-baseline gap-2 rounded px-1 py-0.5 text-left text-12 hover:bg-hover"
            >
              <span className="font-medium">{path.at(-1)}</span>
              <span className="min-w-0 flex-1 truncate text-muted">{example}</span>
            </button>
          ))}
        </section>
      ))}
    </div>
  );
}
