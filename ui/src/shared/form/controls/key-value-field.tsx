import { Plus, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { lastNameOf } from '../../expressions/drag-expression.js';
import { useNewRow } from './use-new-row.js';
import { Button, IconButton } from '../../components/button.js';
import type { ControlProps } from '../field-control.js';
import { ValueInput } from './value-input.js';
import { t } from '../../i18n/i18n.js';

type Row = [name: string, value: unknown];

/**
 * Names and values. Every row that holds something is kept under a name of its own from its first sign on: one that is
 * nameless, or has the name of another, gets a free name. Its name stays as it was typed until the row is left.
 */
export function KeyValueField({ field, value, onChange }: ControlProps) {
  const stored = objectOf(value);
  const [rows, setRows] = useState<Row[]>(() => Object.entries(stored));
  const [typed, setTyped] = useState<{ index: number; name: string }>();
  const sent = useRef(JSON.stringify(stored));
  useEffect(() => {
    // Undo and others change the value from outside; what was typed here comes back unchanged and is left alone.
    const now = JSON.stringify(stored);
    if (now === sent.current) return;
    sent.current = now;
    setTyped(undefined);
    setRows(Object.entries(stored));
  }, [stored]);

  const update = (next: Row[]) => {
    setRows(next);
    const object = Object.fromEntries(next.filter(([name]) => name !== ''));
    sent.current = JSON.stringify(object);
    onChange(Object.keys(object).length === 0 ? undefined : object);
  };
  const set = (index: number, name: string, inner: unknown) => {
    const others = rows.filter((_row, at) => at !== index).map(([other]) => other);
    const kept = name === '' && inner === '' ? '' : freeName(name || 'field', others);
    update(rows.with(index, [kept, inner]));
  };
  const type = (index: number, name: string, inner: unknown) => {
    setTyped({ index, name });
    set(index, name, inner);
  };
  const leave = () => setTyped(undefined);
  const { list, focusNew } = useNewRow();
  return (
    <div ref={list} className="flex flex-col gap-1.5">
      {rows.map(([kept, inner], index) => {
        const name = typed?.index === index ? typed.name : kept;
        return (
          <div
            key={index}
            data-row
            className="flex flex-wrap items-start gap-x-1.5 gap-y-1"
            onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && leave()}
          >
            <input
              aria-label={t('form.nameOf', { label: field.label, index: index + 1 })}
              aria-invalid={name !== '' && name !== kept}
              value={name}
              placeholder={t('form.name')}
              spellCheck={false}
              onChange={(event) => type(index, event.target.value, inner)}
              className="field-input w-[38%]! shrink-0"
            />
            <ValueInput
              label={t('form.valueOf', { label: field.label, name: name || index + 1 })}
              placeholder={t('form.value')}
              value={inner}
              onChange={(next) => type(index, name, next)}
              onInsert={(template, expression) => {
                leave();
                set(index, name || lastNameOf(expression), template);
              }}
            />
            <IconButton
              label={t('form.remove', { name: name || t('form.row', { index: index + 1 }) })}
              className="mt-0.5"
              onClick={() => {
                leave();
                update(rows.toSpliced(index, 1));
              }}
            >
              <Trash2 size={14} />
            </IconButton>
            {name !== kept && (
              <p role="status" className="w-full text-12 text-waiting">
                {t('form.keptAs', { name: kept })}
              </p>
            )}
          </div>
        );
      })}
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

/** The name, or the first of `name2`, `name3` … that no other row has. */
function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let number = 2; taken.includes(name); number++) name = `${wanted}${number}`;
  return name;
}

const noObject: Record<string, unknown> = {};

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : noObject;
}
