import type { Field } from '@wfaib/sdk/fields';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { Button, IconButton } from '../../components/button.js';
import type { ControlProps } from '../field-control.js';
import { useNestedFields } from '../nested-fields.js';
import { withValue } from '../with-value.js';
import { useNewRow } from './use-new-row.js';
import { t } from '../../i18n/i18n.js';

type Row = Record<string, unknown>;

/** A list of groups of fields; Alt with the arrows moves a row. */
export function ListField({ field, path, value, onChange }: ControlProps<Extract<Field, { kind: 'list' }>>) {
  const renderFields = useNestedFields();
  const rows = Array.isArray(value) ? (value as Row[]) : [];
  const noun = nounOf(field);
  const { list, focusNew } = useNewRow();
  const update = (next: Row[]) => onChange(next.length === 0 ? undefined : next);
  const move = (from: number, to: number) => {
    const row = rows[from];
    if (!row || to < 0 || to >= rows.length) return;
    update(rows.toSpliced(from, 1).toSpliced(to, 0, row));
  };
  return (
    <div ref={list} className="flex flex-col gap-2">
      {rows.map((row, index) => (
        <fieldset
          key={index}
          data-row
          aria-label={`${noun} ${index + 1}`}
          className="rounded-card border border-line bg-canvas/60 p-3"
          onKeyDown={(event) => {
            if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
            event.preventDefault();
            move(index, index + (event.key === 'ArrowUp' ? -1 : 1));
          }}
        >
          <div className="mb-2 flex items-center text-12 font-medium text-muted">
            <span className="flex-1">{titleOf(field, row, index)}</span>
            <IconButton
              label={t('form.moveUp', { name: noun, index: index + 1 })}
              keys="Alt+↑"
              disabled={index === 0}
              onClick={() => move(index, index - 1)}
            >
              <ArrowUp size={13} />
            </IconButton>
            <IconButton
              label={t('form.moveDown', { name: noun, index: index + 1 })}
              keys="Alt+↓"
              disabled={index === rows.length - 1}
              onClick={() => move(index, index + 1)}
            >
              <ArrowDown size={13} />
            </IconButton>
            <IconButton
              label={t('form.removeOf', { name: noun, index: index + 1 })}
              onClick={() => update(rows.toSpliced(index, 1))}
            >
              <Trash2 size={13} />
            </IconButton>
          </div>
          {renderFields({
            fields: field.of,
            values: row ?? {},
            path: `${path}.${index}`,
            onChange: (name, next) =>
              update(rows.map((other, at) => (at === index ? withValue(other ?? {}, name, next) : other))),
          })}
        </fieldset>
      ))}
      <Button
        dense
        variant="quiet"
        icon={<Plus size={14} />}
        className="self-start"
        onClick={() => {
          update([...rows, {}]);
          focusNew();
        }}
      >
        {t('form.add', { name: noun })}
      </Button>
    </div>
  );
}

type ListOf = Extract<Field, { kind: 'list' }>;

/** What one entry is called: "Rule" in a list of "Rules". */
function nounOf(field: ListOf): string {
  if (field.itemLabel && !field.itemLabel.includes('{{')) return field.itemLabel;
  return field.label.replace(/s$/, '');
}

/** The label with the values of the row, else the noun and its number. */
function titleOf(field: ListOf, row: Row | undefined, index: number): string {
  const filled = field.itemLabel
    ?.replace(/\{\{\s*(\w+)\s*\}\}/g, (_whole, name: string) => String(row?.[name] ?? ''))
    .trim();
  return filled && /[\p{L}\p{N}]/u.test(filled) && field.itemLabel?.includes('{{')
    ? filled
    : `${nounOf(field)} ${index + 1}`;
}
