import { Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { expressionDragType } from '../expressions/drag-expression.js';
import { preloaded } from '../hooks/preloaded.js';
import { isExpression } from './visible-fields.js';

const dataPicker = preloaded(() => import('./data-picker.js').then((module) => module.DataPicker));

interface DataInsertion {
  label: string;
  /** Whether the field may hold expressions. */
  isOn: boolean;
  value: unknown;
  /** Given the template with the data behind what was there, and the expression of the data alone. */
  onInsert(template: string, expression: string): void;
}

/** Takes data of earlier steps into a field: dragged onto it, or chosen from a list after Ctrl+Space. */
export function useDataInsertion({ label, isOn, value, onInsert }: DataInsertion) {
  // There before anyone asks for it: what is typed at once looks for data and does not go into the field.
  useEffect(() => {
    if (isOn) void dataPicker.preload().catch(() => undefined);
  }, [isOn]);
  const [isPicking, setPicking] = useState(false);
  const insert = (expression: string) => onInsert(withExpression(value, expression), expression);
  const latest = useRef(insert);
  latest.current = insert;
  const pick = useCallback((expression: string) => latest.current(expression), []);
  return {
    handlers: {
      onKeyDown: (event: React.KeyboardEvent) => {
        // An expression editor takes the key itself where names can be completed.
        if (!isOn || event.key !== ' ' || !event.ctrlKey || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        setPicking(true);
      },
      // Before an expression editor, which would write the data a second time.
      onDropCapture: (event: React.DragEvent) => {
        const expression = event.dataTransfer.getData(expressionDragType);
        if (!isOn || !expression) return;
        event.preventDefault();
        event.stopPropagation();
        insert(expression);
      },
      onDragOver: (event: React.DragEvent) => {
        if (isOn && event.dataTransfer.types.includes(expressionDragType)) event.preventDefault();
      },
    },
    picker: isPicking && (
      <Suspense fallback={null}>
        <dataPicker.Part label={label} onPick={pick} onClose={() => setPicking(false)} />
      </Suspense>
    ),
  };
}

function withExpression(value: unknown, expression: string): string {
  const text = isExpression(value) ? value : typeof value === 'string' ? `=${value}` : '=';
  return text === '=' ? `={{ ${expression} }}` : `${text} {{ ${expression} }}`;
}
