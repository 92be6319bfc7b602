import { useRef } from 'react';
import { ExpressionField } from '../../expressions/expression-field.js';
import { expressionDragType } from '../../expressions/drag-expression.js';
import { typedTemplate } from '../../expressions/typed-template.js';
import { ExpressionHint } from '../../expressions/expression-hint.js';
import { useFormEnvironment } from '../form-environment.js';
import { isExpression } from '../visible-fields.js';

interface ValueInputProps {
  label: string;
  value: unknown;
  placeholder?: string;
  onChange(value: unknown): void;
  /** Instead of `onChange` where data was dropped. */
  onDropped?(expression: string): void;
}

/** A small value in a row of others: text, number or boolean as typed, or an expression. */
export function ValueInput({ label, value, placeholder, onChange, onDropped }: ValueInputProps) {
  const { expressions } = useFormEnvironment();
  // Whoever types `=` first, or an opening brace pair, goes on typing in the expression.
  const switched = useRef(false);
  const drop = (event: React.DragEvent) => {
    const expression = event.dataTransfer.getData(expressionDragType);
    if (!expression || !expressions) return;
    event.preventDefault();
    event.stopPropagation();
    if (onDropped) onDropped(expression);
    else onChange(`={{ ${expression} }}`);
  };
  if (expressions && isExpression(value)) {
    return (
      <div className="min-w-0 flex-1" onDrop={drop}>
        <ExpressionField
          label={label}
          value={value}
          placeholder={placeholder}
          autoFocus={switched.current}
          onChange={(next) => onChange(next === '=' ? '' : next)}
        />
      </div>
    );
  }
  const text = value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  const change = (next: string) => {
    const isTemplate = next.includes('{{') && !text.includes('{{');
    switched.current = expressions && (isTemplate || isExpression(next));
    onChange(expressions && isTemplate ? typedTemplate(next) : next);
  };
  return (
    <div className="min-w-0 flex-1">
      <input
        aria-label={label}
        value={text}
        placeholder={placeholder}
        spellCheck={false}
        onDrop={drop}
        onChange={(event) => change(event.target.value)}
        className="field-input"
      />
      {expressions && <ExpressionHint value={value} onMend={onChange} />}
    </div>
  );
}
