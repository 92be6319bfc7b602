import { lazy, Suspense } from 'react';
import { ExpressionPreview } from './expression-preview.js';
import { useSample } from './sample-context.js';

const ExpressionEditor = lazy(() =>
  import('../code/expression-editor.js').then((module) => ({ default: module.ExpressionEditor })),
);

interface ExpressionFieldProps {
  id?: string;
  label: string;
  /** The template with its leading `=`. */
  value: string;
  multiline?: boolean;
  invalid?: boolean;
  placeholder?: string | undefined;
  onChange(value: string): void;
}

/** An expression with its value for a real item below it. */
export function ExpressionField({
  id,
  label,
  value,
  multiline = false,
  invalid = false,
  placeholder,
  onChange,
}: ExpressionFieldProps) {
  const sample = useSample();
  return (
    <div className="min-w-0">
      <Suspense fallback={<div className="field-input truncate font-mono text-12!">{value.slice(1)}</div>}>
        <ExpressionEditor
          {...(id ? { id } : {})}
          label={label}
          value={value.slice(1)}
          multiline={multiline}
          invalid={invalid}
          placeholder={placeholder?.replace(/^=/, '')}
          sample={sample}
          onChange={(text) => onChange(`=${text}`)}
        />
      </Suspense>
      <ExpressionPreview template={value} />
    </div>
  );
}
