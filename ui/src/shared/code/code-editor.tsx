import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language';
import { linter } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { editorTheme } from './editor-theme.js';
import { useCodeMirror } from './use-code-mirror.js';

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
  const { place } = useCodeMirror({
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
      autocompletion(),
      keymap.of([
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...foldKeymap,
        ...historyKeymap,
        indentWithTab,
        ...defaultKeymap,
      ]),
      languageOf(language),
      editorTheme,
      EditorState.readOnly.of(readOnly),
      EditorView.contentAttributes.of({ 'aria-label': label }),
      EditorView.theme({
        '.cm-content, .cm-gutter': { minHeight: `${minHeight}px` },
        '.cm-scroller': { maxHeight: '60vh', overflow: 'auto' },
      }),
    ],
  });
  return <div ref={place} aria-invalid={invalid} className="field-input overflow-hidden p-0!" />;
}

const parseJson = jsonParseLinter();

function languageOf(language: CodeLanguage): Extension {
  if (language === 'json') return [json(), linter((view) => (view.state.doc.length === 0 ? [] : parseJson(view)))];
  if (language === 'javascript' || language === 'typescript')
    return javascript({ typescript: language === 'typescript' });
  return [];
}
