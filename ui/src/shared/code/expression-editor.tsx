import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  completionKeymap,
  startCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, placeholder as placeholderText } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { expressionNames } from '../expressions/preview-client.js';
import type { ExpressionSample } from '../expressions/sample-context.js';
import { completeExpression } from './expression-completions.js';
import { editorTheme } from './editor-theme.js';
import { expressionHighlight } from './expression-highlight.js';
import { openReferences } from './open-references.js';
import { useReferenceTarget } from './reference-target.js';
import { useCodeMirror } from './use-code-mirror.js';
import { t } from '../i18n/i18n.js';

export interface ExpressionEditorProps {
  id?: string;
  label: string;
  /** The template without its leading `=`. */
  value: string;
  multiline: boolean;
  invalid: boolean;
  placeholder?: string | undefined;
  sample: ExpressionSample;
  autoFocus?: boolean;
  /** Gets a function that writes an expression where the caret is. */
  insertRef?: RefObject<((expression: string) => void) | undefined>;
  onChange(value: string): void;
}

/** A template with completion of names and real data. One line grows by wrapping, never by Enter. */
export function ExpressionEditor({
  id,
  label,
  value,
  multiline,
  invalid,
  placeholder,
  sample,
  autoFocus = false,
  insertRef,
  onChange,
}: ExpressionEditorProps) {
  const latestSample = useRef(sample);
  latestSample.current = sample;
  const openStep = useReferenceTarget();
  const latestOpenStep = useRef(openStep);
  latestOpenStep.current = openStep;
  const { place, view } = useCodeMirror({
    value,
    onChange,
    autoFocus,
    extensions: [
      history(),
      closeBrackets(),
      autocompletion({
        override: [
          async (context) =>
            completeExpression(context, { names: await expressionNames(), sample: latestSample.current }),
        ],
        icons: false,
        // A list that is seen is what Enter is for, however fast it comes.
        interactionDelay: 0,
        // Its Ctrl+Space would take the key where there is nothing to complete.
        defaultKeymap: false,
      }),
      // Tab accepts while a list is open, and otherwise goes on to the next field.
      keymap.of([
        { key: 'Tab', run: acceptCompletion },
        { key: 'Ctrl-Space', run: (view) => isInBraces(view.state) && startCompletion(view) },
        ...completionKeymap.filter(({ key }) => key !== 'Ctrl-Space'),
        ...historyKeymap,
        ...defaultKeymap,
      ]),
      expressionHighlight,
      openReferences((name) => latestOpenStep.current?.(name)),
      editorTheme,
      EditorView.lineWrapping,
      multiline
        ? []
        : EditorState.transactionFilter.of((transaction) => (transaction.newDoc.lines > 1 ? [] : transaction)),
      EditorView.contentAttributes.of({ 'aria-label': t('code.expressionOf', { label }), ...(id ? { id } : {}) }),
      placeholder ? placeholderText(placeholder) : [],
      EditorView.theme({
        '.cm-content': { minHeight: multiline ? '72px' : '20px' },
        '.cm-scroller': { maxHeight: '320px', overflow: 'auto' },
      }),
    ],
  });
  useEffect(() => {
    if (!insertRef) return;
    insertRef.current = (expression) => {
      const editor = view.current;
      if (!editor) return;
      const text = isInBraces(editor.state) ? expression : `{{ ${expression} }}`;
      editor.dispatch(editor.state.replaceSelection(text), { userEvent: 'input' });
      editor.focus();
    };
  }, [insertRef, view]);
  return <div ref={place} aria-invalid={invalid} className="field-input py-0! pr-1! pl-1.5!" />;
}

/** Whether the caret stands inside `{{ }}`, where names can be completed. */
function isInBraces(state: EditorState): boolean {
  const before = state.doc.sliceString(0, state.selection.main.head);
  return before.lastIndexOf('{{') > before.lastIndexOf('}}');
}
