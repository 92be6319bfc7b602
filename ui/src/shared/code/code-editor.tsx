import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import type { CompletionContext } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language';
import { linter, lintGutter } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { useRef, useState } from 'react';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { editorTheme } from './editor-theme.js';
import { expressionNames } from '../expressions/preview-client.js';
import { useSample } from '../expressions/sample-context.js';
import type { ExpressionSample } from '../expressions/sample-context.js';
import { completeStepCode } from './expression-completions.js';
import { lintSyntax } from './lint-syntax.js';
import { useCodeMirror } from './use-code-mirror.js';
import { t } from '../i18n/i18n.js';

export type CodeLanguage = 'javascript' | 'typescript' | 'sql' | 'html' | 'json';

interface CodeEditorProps {
  label: string;
  language: CodeLanguage;
  value: string;
  onChange(value: string): void;
  invalid?: boolean;
  readOnly?: boolean;
  /** @defaultValue 120 */
  minHeight?: number;
}

/** Code of several lines. Tab indents; Esc, then Tab leaves it. */
export function CodeEditor({
  label,
  language,
  value,
  onChange,
  invalid = false,
  readOnly = false,
  minHeight = 120,
}: CodeEditorProps) {
  const current = useSample();
  const sample = useRef(current);
  sample.current = current;
  const latestFormat = useRef(async () => {});
  const { place, view } = useCodeMirror({
    value,
    onChange,
    extensions: [
      lineNumbers(),
      foldGutter(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      // A list that is seen is what Enter is for, however fast it comes.
      autocompletion({ interactionDelay: 0 }),
      keymap.of([
        { key: 'Shift-Alt-f', run: () => (void latestFormat.current(), true) },
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...foldKeymap,
        ...historyKeymap,
        indentWithTab,
        ...defaultKeymap,
      ]),
      languageOf(language),
      ...(isCode(language) ? [stepNames(() => sample.current)] : []),
      editorTheme,
      EditorState.readOnly.of(readOnly),
      EditorView.contentAttributes.of({ 'aria-label': label }),
      EditorView.theme({
        '.cm-content, .cm-gutter': { minHeight: `${minHeight}px` },
        '.cm-scroller': { maxHeight: '60vh', overflow: 'auto' },
      }),
    ],
  });
  const [problem, setProblem] = useState<string>();
  const format = async () => {
    if (!view.current) return;
    const before = view.current.state.doc.toString();
    try {
      const { formatCode } = await import('./format-code.js');
      const after = await formatCode(before, language);
      if (after !== before) view.current.dispatch({ changes: { from: 0, to: before.length, insert: after } });
      setProblem(undefined);
    } catch (error) {
      setProblem(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
    }
  };
  latestFormat.current = format;
  return (
    <div>
      <div ref={place} aria-invalid={invalid} className="field-input overflow-hidden p-0!" />
      {!readOnly && (isCode(language) || language === 'json') && (
        <p className="mt-1 flex items-center gap-2 text-12 text-muted">
          <button
            type="button"
            title="Shift+Alt+F"
            onClick={() => void format()}
            className="min-h-6 rounded px-1 underline-offset-2 hover:text-ink hover:underline"
          >
            {t('code.format')}
          </button>
          {problem && <span className="text-failed">{t('code.notFormatted', { problem })}</span>}
        </p>
      )}
    </div>
  );
}

const isCode = (language: CodeLanguage) => language === 'javascript' || language === 'typescript';

/** `$json`, `$input` and `$('Step')` with the fields of the real data, beside the words of the language. */
function stepNames(sample: () => ExpressionSample): Extension {
  return EditorState.languageData.of(() => [
    {
      autocomplete: async (context: CompletionContext) =>
        completeStepCode(context, { names: await expressionNames(), sample: sample() }),
    },
  ]);
}

const parseJson = jsonParseLinter();

function languageOf(language: CodeLanguage): Extension {
  if (language === 'json') return [json(), linter((view) => (view.state.doc.length === 0 ? [] : parseJson(view)))];
  if (isCode(language))
    return [javascript({ typescript: language === 'typescript' }), linter(lintSyntax), lintGutter()];
  return [];
}
