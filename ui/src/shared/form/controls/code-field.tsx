import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { ControlProps } from '../field-control.js';
import { t } from '../../i18n/i18n.js';

const CodeEditor = lazy(() => import('../../code/code-editor.js').then((module) => ({ default: module.CodeEditor })));

interface CodeFieldProps extends ControlProps {
  language: 'javascript' | 'typescript' | 'sql' | 'html' | 'json';
  /** The value is JSON, written as text. */
  asJson?: boolean;
}

/** Code, or JSON as text; JSON that does not parse yet is kept as text and said to be so. */
export function CodeField({ field, value, onChange, language, asJson = false, invalid }: CodeFieldProps) {
  const stored = textOf(value ?? (asJson ? undefined : field.default));
  const [text, setText] = useState(stored);
  const sent = useRef(stored);
  useEffect(() => {
    if (stored === sent.current) return;
    sent.current = stored;
    setText(stored);
  }, [stored]);
  const change = (next: string) => {
    setText(next);
    const parsed = asJson ? parse(next) : next === '' ? undefined : next;
    sent.current = textOf(parsed);
    onChange(parsed);
  };
  const broken = asJson && text.trim() !== '' && typeof parse(text) === 'string' && !text.trim().startsWith('"');
  return (
    <div>
      <Suspense fallback={<div className="field-input h-24 animate-none" aria-busy />}>
        <CodeEditor
          label={field.label}
          language={language}
          value={text}
          invalid={invalid || broken}
          onChange={change}
          minHeight={asJson ? 80 : 160}
        />
      </Suspense>
      {broken && <p className="mt-1 text-12 text-muted">{t('form.noJson')}</p>}
    </div>
  );
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

function parse(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
