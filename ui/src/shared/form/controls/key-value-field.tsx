import { Plus, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { lastNameOf } from '../../expressions/drag-expression.js';
import { useNewRow } from './use-new-row.js';
import { Button, IconButton } from '../../components/button.js';
import type { ControlProps } from '../field-control.js';
import { ValueInput } from './value-input.js';
import { t } from '../../i18n/i18n.js';

type Row = [name: string, value: unknown];

/** A value that is not kept yet. */
const isNameless = ([name, value]: Row): boolean => name === '' && value !== '';

/** Names and values. Rows keep their place while a name is still empty or double; such rows are not saved. */
export function KeyValueField({ field, value, onChange }: ControlProps) {
  const stored = objectOf(value);
  const [rows, setRows] = useState<Row[]>(() => Object.entries(stored));
  const sent = useRef(JSON.stringify(stored));
  useEffect(() => {
    // Undo and others change the value from outside; what was typed here comes back unchanged and is left alone.
    const now = JSON.stringify(stored);
    if (now === sent.current) return;
    sent.current = now;
    setRows((before) => [...Object.entries(stored), ...before.filter(isNameless)]);
  }, [stored]);

  const update = (next: Row[]) => {
    setRows(next);
    const object = Object.fromEntries(next.filter(([name]) => name !== ''));
    sent.current = JSON.stringify(object);
    onChange(Object.keys(object).length === 0 ? undefined : object);
  };
  const set = (index: number, row: Row) => update(rows.map((other, at) => (at === index ? row : other)));
  const names = rows.map(([name]) => name);
  const { list, focusNew } = useNewRow();
  return (
    <div ref={list} className="flex flex-col gap-1.5">
      {rows.map(([name, inner], index) => (
        <div key={index} data-row className="flex flex-wrap items-start gap-x-1.5 gap-y-1">
          <input
            aria-label={t('form.nameOf', { label: field.label, index: index + 1 })}
            aria-invalid={name !== '' && names.indexOf(name) !== index}
            value={name}
            placeholder={t('form.name')}
            spellCheck={false}
            onChange={(event) => set(index, [event.target.value, inner])}
            className="field-input w-[38%]! shrink-0"
          />
          <ValueInput
            label={t('form.valueOf', { label: field.label, name: name || index + 1 })}
            placeholder={t('form.value')}
            value={inner}
            onChange={(next) => set(index, [name, next])}
            onDropped={(expression) => set(index, [name || freeName(expression, names), `={{ ${expression} }}`])}
          />
          <IconButton
            label={t('form.remove', { name: name || t('form.row', { index: index + 1 }) })}
            className="mt-0.5"
            onClick={() => update(rows.filter((_row, at) => at !== index))}
          >
            <Trash2 size={14} />
          </IconButton>
          {isNameless([name, inner]) && (
            <p role="status" className="w-full text-12 text-waiting">
              {t('form.nameless')}
            </p>
          )}
        </div>
      ))}
      <Button
        dense
        variant="quiet"
        icon={<Plus size={14} />}
        className="self-start"
        onClick={() => {
          setRows([...rows, ['', '']]);
          focusNew();
        }}
      >
        {t('form.add', { name: field.label.replace(/s$/, '') })}
      </Button>
    </div>
  );
}

/** What dropped data is called, unless another row has this name. */
function freeName(expression: string, taken: readonly string[]): string {
  const name = lastNameOf(expression);
  return taken.includes(name) ? '' : name;
}

const noObject: Record<string, unknown> = {};

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : noObject;
}
