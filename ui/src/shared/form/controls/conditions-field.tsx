import { Plus, Trash2 } from 'lucide-react';
import { Button, IconButton } from '../../components/button.js';
import type { ControlProps } from '../field-control.js';
import { operators } from '../operators.js';
import { withValue } from '../with-value.js';
import { useNewRow } from './use-new-row.js';
import { ValueInput } from './value-input.js';

type Condition = Record<string, unknown>;

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
        const single = operators.find(({ op }) => op === row['op'])?.single === true;
        return (
          <div
            key={index}
            data-row
            role="group"
            aria-label={`Condition ${index + 1}`}
            className="flex flex-col gap-1.5 rounded-card border border-line bg-canvas/60 p-2"
          >
            <ValueInput
              label="Left side"
              placeholder="{{ $json.total }}"
              value={row['left']}
              onChange={(next) => set(index, 'left', next)}
            />
            <div className="flex gap-1.5">
              <select
                aria-label="Comparison"
                className="field-input"
                value={String(row['op'] ?? 'eq')}
                onChange={(event) => set(index, 'op', event.target.value)}
              >
                {operators.map(({ op, label }) => (
                  <option key={op} value={op}>
                    {label}
                  </option>
                ))}
              </select>
              <IconButton
                label={`Remove condition ${index + 1}`}
                className="mt-0.5"
                onClick={() => update(rows.toSpliced(index, 1))}
              >
                <Trash2 size={14} />
              </IconButton>
            </div>
            {!single && (
              <ValueInput
                label="Right side"
                placeholder="value"
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
        aria-label={`Add condition to ${field.label}`}
        // An expression that is still empty: nothing is wrong with it before anything was typed.
        onClick={() => {
          update([...rows, { left: '=', op: 'eq', right: '' }]);
          focusNew();
        }}
      >
        Add condition
      </Button>
    </div>
  );
}
