import { useRef } from 'react';
import { ExpressionField } from '../../expressions/expression-field.js';
import { typedTemplate } from '../../expressions/typed-template.js';
import { ExpressionHint } from '../../expressions/expression-hint.js';
import { useFormEnvironment } from '../form-environment.js';
import { useDataInsertion } from '../use-data-insertion.js';
import { isExpression } from '../visible-fields.js';

interface ValueInputProps {
  label: string;
  value: unknown;
  placeholder?: string;
  onChange(value: unknown): void;
  /** Instead of `onChange` where data of earlier steps was put in: the template, and the expression of the data alone. */
  onInsert?(template: string, expression: string): void;
}

/** A small value in a row of others: text, number or boolean as typed, or an expression. */
export function ValueInput({ label, value, placeholder, onChange, onInsert = onChange }: ValueInputProps) {
  const { expressions } = useFormEnvironment();
  // Whoever types `=` first, or an opening brace pair, or puts data in, goes on typing in the expression.
  const switched = useRef(false);
  const text = value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  const { handlers, picker } = useDataInsertion({
    label,
    isOn: expressions,
    value: text,
    onInsert: (template, expression) => {
      switched.current = true;
      onInsert(template, expression);
    },
  });
  const change = (next: string) => {
    const isTemplate = next.includes('{{') && !text.includes('{{');
    switched.current = expressions && (isTemplate || isExpression(next));
    onChange(expressions && isTemplate ? typedTemplate(next) : next);
  };
  return (
    <div role="presentation" className="min-w-0 flex-1" {...handlers}>
      {expressions && isExpression(text) ? (
        <ExpressionField
          label={label}
          value={text}
          placeholder={placeholder}
          autoFocus={switched.current}
          onChange={(next) => onChange(next === '=' ? '' : next)}
        />
      ) : (
        <>
          <input
            aria-label={label}
            value={text}
            placeholder={placeholder}
            spellCheck={false}
            onChange={(event) => change(event.target.value)}
            className="field-input"
          />
          {expressions && <ExpressionHint value={value} onMend={onChange} />}
        </>
      )}
      {picker}
    </div>
  );
}
