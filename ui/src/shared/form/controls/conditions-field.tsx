import { Plus, Trash2 } from 'lucide-react';
import { Button, IconButton } from '../../components/button.js';
import type { ControlProps } from '../field-control.js';
import { isSingle, operatorLabel, operators } from '../operators.js';
import { withValue } from '../with-value.js';
import { useNewRow } from './use-new-row.js';
import { ValueInput } from './value-input.js';
import { t } from '../../i18n/i18n.js';

type Condition = Record<string, unknown>;

const isKnown = (op: unknown): boolean => op === undefined || operators.some((known) => known === op);

/** Rows of left side, operator, right side. */
export function ConditionsField({ field, value, onChange }: ControlProps) {
  const rows = Array.isArray(value) ? (value as Condition[]) : [];
  const update = (next: Condition[]) => onChange(next.length === 0 ? undefined : next);
  const set = (index: number, name: string, part: unknown) =>
    update(rows.map((row, at) => (at === index ? withValue(row, name, part) : row)));
  const { list, focusNew } = useNewRow();
  return (
    <div ref={list} className="flex flex-col gap-2">
      {rows.map((row, index) => {
        const single = isSingle(row['op']);
        return (
          <div
            key={index}
            data-row
            role="group"
            aria-label={t('form.condition', { index: index + 1 })}
            className="flex flex-col gap-1.5 rounded-card border border-line bg-canvas/60 p-2"
          >
            <ValueInput
              label={t('form.left')}
              placeholder="{{ $json.total }}"
              value={row['left']}
              onChange={(next) => set(index, 'left', next)}
            />
            <div className="flex gap-1.5">
              <select
                aria-label={t('form.comparison')}
                className="field-input"
                aria-invalid={!isKnown(row['op'])}
                value={String(row['op'] ?? 'eq')}
                onChange={(event) => set(index, 'op', event.target.value)}
              >
                {!isKnown(row['op']) && (
                  <option value={String(row['op'])}>{t('form.operatorUnknown', { op: String(row['op']) })}</option>
                )}
                {operators.map((op) => (
                  <option key={op} value={op}>
                    {operatorLabel(op)}
                  </option>
                ))}
              </select>
              <IconButton
                label={t('form.removeCondition', { index: index + 1 })}
                className="mt-0.5"
                onClick={() => update(rows.toSpliced(index, 1))}
              >
                <Trash2 size={14} />
              </IconButton>
            </div>
            {!single && (
              <ValueInput
                label={t('form.right')}
                placeholder={t('form.value')}
                value={row['right']}
                onChange={(next) => set(index, 'right', next)}
              />
            )}
          </div>
        );
      })}
      <Button
        dense
        variant="quiet"
        icon={<Plus size={14} />}
        className="self-start"
        aria-label={t('form.addConditionTo', { label: field.label })}
        // An expression that is still empty: nothing is wrong with it before anything was typed.
        onClick={() => {
          update([...rows, { left: '=', op: 'eq', right: '' }]);
          focusNew();
        }}
      >
        {t('form.addCondition')}
      </Button>
    </div>
  );
}
