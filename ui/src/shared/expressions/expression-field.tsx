import { Maximize2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { expressionEditor } from './expression-editor-loader.js';
import { ExpressionHint } from './expression-hint.js';
import { ExpressionPreview } from './expression-preview.js';
import { typedTemplate } from './typed-template.js';
import { useSample } from './sample-context.js';
import { t } from '../i18n/i18n.js';

const BigEditor = lazy(() => import('./big-editor.js').then((module) => ({ default: module.BigEditor })));

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
  const [isBig, setBig] = useState(false);
  return (
    <div
      role="presentation"
      className="group/expression relative min-w-0"
      onKeyDown={(event) => {
        if (event.key.toLowerCase() !== 'e' || !event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.stopPropagation();
        setBig(true);
      }}
    >
      <button
        type="button"
        aria-label={t('expression.large', { label })}
        title={t('expression.largeShort')}
        onClick={() => setBig(true)}
        className="absolute top-1 right-1 z-10 rounded bg-surface p-1 text-faint opacity-0 group-focus-within/expression:opacity-100 group-hover/expression:opacity-100 hover:text-ink focus:opacity-100"
      >
        <Maximize2 size={12} aria-hidden />
      </button>
      {isBig && (
        <Suspense fallback={null}>
          <BigEditor label={label} value={value} onChange={onChange} onClose={() => setBig(false)} />
        </Suspense>
      )}
      <Suspense
        fallback={
          <input
            // Takes the keys until the editor is here.
            autoFocus={autoFocus}
            aria-label={t('code.expressionOf', { label })}
            value={value.slice(1)}
            spellCheck={false}
            className="field-input font-mono text-12!"
            onChange={(event) => onChange(typedTemplate(event.target.value, value))}
          />
        }
      >
        <ExpressionEditor
          {...(id ? { id } : {})}
          label={label}
          value={value.slice(1)}
          multiline={multiline}
          invalid={invalid}
          placeholder={placeholder}
          sample={sample}
          autoFocus={autoFocus}
          onChange={(text) => onChange(typedTemplate(text, value))}
        />
      </Suspense>
      <ExpressionHint value={value} onMend={onChange} />
      <ExpressionPreview template={value} />
    </div>
  );
}
