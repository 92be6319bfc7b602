import type { Field } from '@wfaib/sdk/fields';
import { Plus, Trash2 } from 'lucide-react';
import { Button, IconButton } from '../../components/button.js';
import type { ControlProps } from '../field-control.js';
import { useNewRow } from './use-new-row.js';
import { ValueInput } from './value-input.js';
import { t } from '../../i18n/i18n.js';

/** A list of plain values. */
export function ValuesField({ field, value, onChange }: ControlProps<Extract<Field, { kind: 'values' }>>) {
  const rows = Array.isArray(value) ? (value as unknown[]) : [];
  const update = (next: unknown[]) => onChange(next.length === 0 ? undefined : next);
  const typed = (text: unknown) =>
    field.of === 'number' && typeof text === 'string' && text.trim() !== '' && Number.isFinite(Number(text))
      ? Number(text)
      : text;
  const { list, focusNew } = useNewRow();
  return (
    <div ref={list} className="flex flex-col gap-1.5">
      {rows.map((row, index) => (
        <div key={index} data-row className="flex items-start gap-1.5">
          <ValueInput
            label={`${field.label} ${index + 1}`}
            value={row}
            {...(field.placeholder ? { placeholder: field.placeholder } : {})}
            onChange={(next) => update(rows.map((other, at) => (at === index ? typed(next) : other)))}
          />
          <IconButton
            label={t('form.removeOf', { name: field.label, index: index + 1 })}
            className="mt-0.5"
            onClick={() => update(rows.filter((_row, at) => at !== index))}
          >
            <Trash2 size={14} />
          </IconButton>
        </div>
      ))}
      <Button
        dense
        variant="quiet"
        icon={<Plus size={14} />}
        className="self-start"
        onClick={() => {
          update([...rows, '']);
          focusNew();
        }}
      >
        {t('form.addOne')}
      </Button>
    </div>
  );
}
