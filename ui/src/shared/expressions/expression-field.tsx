import { Suspense, useState } from 'react';
import { expressionEditor } from './expression-editor-loader.js';
import { ExpressionPreview } from './expression-preview.js';
import { typedTemplate } from './typed-template.js';
import { useSample } from './sample-context.js';

interface ExpressionFieldProps {
  id?: string;
  label: string;
  /** The template with its leading `=`. */
  value: string;
  multiline?: boolean;
  invalid?: boolean;
  placeholder?: string | undefined;
  /** Takes the focus, with the caret behind the text: for a field that became an expression under the hands. */
  autoFocus?: boolean;
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
  autoFocus = false,
  onChange,
}: ExpressionFieldProps) {
  const sample = useSample();
  const [ExpressionEditor] = useState(() => expressionEditor());
  return (
    <div className="min-w-0">
      <Suspense
        fallback={
          <input
            // Takes the keys until the editor is here.
            autoFocus={autoFocus}
            aria-label={`${label}, expression`}
            value={value.slice(1)}
            spellCheck={false}
            className="field-input font-mono text-12!"
            onChange={(event) => onChange(typedTemplate(event.target.value))}
          />
        }
      >
        <ExpressionEditor
          {...(id ? { id } : {})}
          label={label}
          value={value.slice(1)}
          multiline={multiline}
          invalid={invalid}
          placeholder={placeholder?.replace(/^=/, '')}
          sample={sample}
          autoFocus={autoFocus}
          onChange={(text) => onChange(typedTemplate(text))}
        />
      </Suspense>
      <ExpressionPreview template={value} />
    </div>
  );
}
